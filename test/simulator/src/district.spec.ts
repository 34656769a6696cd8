import { describe, expect, it } from '@jest/globals';
import { simulateDistrict } from './district.js';

const now = '2026-11-22T12:00:00.000Z';
const district = simulateDistrict({ seed: 1, learners: 300, now });
const finalOf = new Map<string, number[]>();
for (const { learner, percent } of district.outcomes) finalOf.set(learner, [...(finalOf.get(learner) ?? []), percent]);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the simulated district', () => {
  it('is the same for the same seed and another for another', () => {
    expect(JSON.stringify(simulateDistrict({ seed: 1, learners: 300, now }).statements) === JSON.stringify(district.statements)).toBe(true);
    expect(simulateDistrict({ seed: 2, learners: 20, now }).learners[0]).not.toEqual(district.learners[0]);
  });

  it('lets nothing happen after now, and nothing out of order', () => {
    const times = district.statements.map((sent) => sent.statement.timestamp as string);
    expect(times.every((time) => time <= now)).toBe(true);
    expect(times).toEqual([...times].sort());
  });

  it('names each statement once', () => {
    expect(new Set(district.statements.map((sent) => sent.statement.id)).size).toBe(district.statements.length);
  });

  it('keeps 1,200 learners within 150,000 statements', () => {
    expect(district.statements.length / 300).toBeLessThan(125);
    expect(district.statements.length / 300).toBeGreaterThan(50);
  });

  it('lets between a tenth and a third of the past enrolments fail', () => {
    const failed = district.outcomes.filter((outcome) => outcome.outcome === 'fail').length / district.outcomes.length;
    expect(failed).toBeGreaterThan(0.1);
    expect(failed).toBeLessThan(0.34);
  });

  it('makes shocks matter: those who met one in the past term ended at least 8 points lower', () => {
    const past = district.terms[0].id;
    const struck = district.learners.filter((learner) => learner.shocks.some((shock) => shock.term === past));
    const spared = district.learners.filter((learner) => !learner.shocks.some((shock) => shock.term === past));
    const ends = (learners: typeof struck) => mean(learners.map((learner) => mean(finalOf.get(learner.sourcedId) ?? [])));
    expect(ends(spared) - ends(struck)).toBeGreaterThan(8);
  });

  it('lives through what is over alike, whether the running term is lived through or not', () => {
    const settings = { seed: 3, learners: 30, now: '2026-11-22T12:00:00.000Z', world: { earlierTerms: 1 } };
    const [whole, over] = [simulateDistrict(settings), simulateDistrict({ ...settings, running: false })];
    const until = whole.terms[1].start;
    const ended = ({ statements }: typeof whole) => statements.filter(({ statement }) => String(statement.timestamp) < until);
    expect(over.outcomes).toEqual(whole.outcomes);
    expect(over.statements).toEqual(ended(whole));
    expect(over.statements.length).toBeGreaterThan(1_000);
  });
});
