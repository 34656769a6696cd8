export { InsightsModule, type InsightsParts } from './insights.module.js';
export { type InsightsSettings } from './settings.js';
