/** Second door, for tests: the checks that every risk model passes, and the table that they run on. */
export { riskModelChecks, type RiskModelCheck } from './checks/risk-model-checks.js';
export { checkFeatures, makeCheckTable } from './checks/check-table.js';
export { knowledgeModelChecks } from './checks/knowledge-model-checks.js';
