import { auditFairness, type AuditOptions } from './audit-fairness.js';
import { randomFrom } from './random.js';

/** As many groups as gender, disability, age band, deprivation band and region have in the Open University data. */
const GROUPS_PER_ATTRIBUTE = [2, 2, 3, 11, 13];

/** Learners of made-up groups; one row in 25 is of somebody who has another. */
const learners = (rows: number, groupsPerAttribute: readonly number[]) => {
  const random = randomFrom(7);
  const score = Float64Array.from({ length: rows }, () => random() ** 1.3);
  return {
    score,
    label: Uint8Array.from(score, (risk) => (random() < risk ? 1 : 0)),
    person: Array.from(score, (_, row) => (random() < 0.96 ? row : Math.floor(random() * rows))),
    groups: Object.fromEntries(
      groupsPerAttribute.map((groups, index) => [
        `attribute ${index + 1}`,
        Array.from(score, () => `group ${Math.floor(random() * groups)}`),
      ]),
    ),
  };
};

/**
 * Times a whole audit (intervals, tests, crossings, ABROCA) on one core.
 *
 * @param now a clock in milliseconds
 * @param rows default: the enrolments of the whole Open University data
 * @param options draws, where other than the statistician's defaults
 * @returns seconds, and how many rows and attributes were audited
 * @example benchmarkAudit(() => performance.now())
 */
export function benchmarkAudit(
  now: () => number,
  rows = 32_593,
  groupsPerAttribute = GROUPS_PER_ATTRIBUTE,
  options: Partial<AuditOptions> = {},
): { name: string; seconds: number; rows: number; attributes: number; tests: number } {
  const sample = learners(rows, groupsPerAttribute);
  const start = now();
  const report = auditFairness({ ...sample, threshold: 0.6, seed: 1, ...options });
  const seconds = (now() - start) / 1000;
  return { name: 'fairness audit', seconds, rows, attributes: report.attributes.length, tests: report.family.tests.length };
}
