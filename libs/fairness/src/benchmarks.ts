import { auditFairness } from './audit-fairness.js';
import { randomFrom } from './random.js';

const GROUPS_PER_ATTRIBUTE = [2, 2, 3, 11];

/** What an audit of this size rests on: rows, attributes, and groups per attribute as in the Open University data. */
const learners = (rows: number) => {
  const random = randomFrom(7);
  const score = Float64Array.from({ length: rows }, () => random() ** 1.3);
  return {
    score,
    label: Uint8Array.from(score, (risk) => (random() < risk ? 1 : 0)),
    person: Array.from(score, (_, row) => (random() < 0.96 ? row : Math.floor(random() * rows))),
    groups: Object.fromEntries(
      GROUPS_PER_ATTRIBUTE.map((groups, index) => [`attribute ${index + 1}`, Array.from(score, () => `group ${Math.floor(random() * groups)}`)]),
    ),
  };
};

/**
 * Times a whole audit with its defaults (intervals, tests, crossings, ABROCA) on one core.
 *
 * @param now a clock in milliseconds
 * @returns seconds, and how many rows and attributes were audited
 * @example benchmarkAudit(() => performance.now())
 */
export function benchmarkAudit(now: () => number, rows = 9000): { name: string; seconds: number; rows: number; attributes: number; tests: number } {
  const sample = learners(rows);
  const start = now();
  const report = auditFairness({ ...sample, threshold: 0.6, seed: 1 });
  const seconds = (now() - start) / 1000;
  return { name: 'fairness audit', seconds, rows, attributes: report.attributes.length, tests: report.family.tests.length };
}
