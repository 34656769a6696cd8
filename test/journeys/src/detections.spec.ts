import { describe, expect, it } from '@jest/globals';
import { auditFairness } from '@pharos/fairness';
import { L2Logistic } from '@pharos/learner-models';
import { type District, simulateDistrict, type World } from '@pharos/simulator';
import { signsOf } from './signs.js';

const now = '2026-11-22T12:00:00.000Z';
// `PHAROS_DISTRICTS=20 npm run journeys -- detections` sets out twenty districts, which takes minutes; here a few keep the way open. Seeds are fixed, so either is repeatable.
const seeds = Array.from({ length: Number(process.env.PHAROS_DISTRICTS ?? 2) }, (_, seed) => seed + 1);
const nearlyAll = Math.max(1, Math.floor(0.85 * seeds.length));
const district = (seed: number, world: World, learners = 150): District => simulateDistrict({ seed, learners, now, world });
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Which groups the audit says are missed more, of a model that learned from an earlier term and is judged on the past one. */
const missedMore = (seed: number, world: World): readonly string[] => {
  const made = district(seed, { earlierTerms: 1, ...world }, 300);
  const model = new L2Logistic({ seed }).fit(signsOf(made, made.earlier[0]!, 7).table);
  const { table, learners } = signsOf(made, made.terms[0], 7);
  const { probability: score } = model.predict(table);
  const attributes = new Map(made.learners.map((one) => [one.sourcedId, one.attributes]));
  const groups = Object.fromEntries((['economicallyDisadvantaged', 'gender'] as const).map((name) => [name, learners.map((learner) => attributes.get(learner)![name])]));
  const threshold = [...score].sort((a, b) => b - a)[Math.floor(score.length / 4)]!;
  const { verdicts } = auditFairness({ label: table.target, score, threshold, groups, person: learners, seed, resamples: 20, permutations: 399, abrocaRounds: 5, intersections: [] });
  return verdicts.filter(({ significant, metric }) => significant && metric === 'tpr').map(({ attribute, group }) => `${attribute} ${group}`);
};

describe('over simulated districts, an audit', () => {
  it('notices that two fifths of a group need help that nobody sees', () => {
    const found = seeds.filter((seed) => missedMore(seed, { bias: { attribute: 'economicallyDisadvantaged', group: 'yes', share: 0.4 } }).some((one) => one.startsWith('economically')));
    expect(found.length).toBeGreaterThanOrEqual(nearlyAll);
  }, 240_000);

  it('raises no more false alarms than its share where there is no such group', () => {
    const alarmed = seeds.filter((seed) => missedMore(seed, {}).length > 0);
    // of twenty families at a false discovery rate of 5 %, four or more with an alarm come once in sixty
    expect(alarmed.length).toBeLessThanOrEqual(Math.max(1, Math.floor(0.15 * seeds.length)));
  }, 240_000);
});

describe('over simulated districts', () => {
  const running = (made: District) => signsOf(made, made.terms[1], 8).table.columns;
  const columnMean = (column: ArrayLike<number>): number => mean(Array.from(column).filter((value) => !Number.isNaN(value)));

  it('marks, population and platforms differ as stated, and only where stated', () => {
    for (const seed of seeds) {
      const plain = district(seed, {}, 60);
      const [handedIn, marks, events] = running(plain).map(columnMean);
      const inflated = running(district(seed, { markInflation: 8 }, 60)).map(columnMean);
      expect(inflated[1]! - marks!).toBeGreaterThan(0.05);
      expect(inflated[1]! - marks!).toBeLessThan(0.08);
      expect(running(district(seed, { otherPopulation: -1 }, 60)).map(columnMean)[2]!).toBeLessThan(events! * 0.9);
      const silent = district(seed, { silentPlatform: { platform: 'practice', fromWeek: 4 } }, 60);
      const late = (made: District) => made.statements.filter((sent) => sent.platform === 'practice' && (sent.statement.timestamp as string) > '2026-10-28').length;
      expect([late(silent), late(plain) > 20]).toEqual([0, true]);
      expect(running(silent).map(columnMean)[0]).toBe(handedIn);
    }
  }, 180_000);

  it('those who need no help though they look it pass as often as others, and hidden need fails', () => {
    const shares = seeds.map((seed) => {
      const made = district(seed, { seemAtRisk: 0.15, hiddenNeed: 0.1 }, 60);
      const fate = new Map(made.fates.filter(({ term }) => term === made.terms[0].id).map((one) => [one.learner, one.need]));
      const failed = (need: string) => {
        const own = made.outcomes.filter((one) => fate.get(one.learner) === need);
        return own.length === 0 ? 0 : own.filter((one) => one.outcome === 'fail').length / own.length;
      };
      return { asSeen: failed('as-seen'), noNeed: failed('no-need'), hidden: failed('hidden-need') };
    });
    expect(Math.abs(mean(shares.map(({ noNeed }) => noNeed)) - mean(shares.map(({ asSeen }) => asSeen)))).toBeLessThan(seeds.length >= 20 ? 0.08 : 0.2);
    expect(mean(shares.map(({ hidden }) => hidden))).toBeGreaterThan(0.9);
  }, 180_000);

  it('help has the effect that it was given, and none where it was given none', () => {
    const effectOf = (effect: number): number => {
      const gains = seeds.map((seed) => {
        const made = district(seed, { help: { share: 0.5, effect } }, 200);
        const struck = made.fates.filter(({ term, learner }) => term === made.terms[0].id && made.learners.find((one) => one.sourcedId === learner)!.shocks.some((shock) => shock.term === term));
        const ends = (helped: boolean) => {
          const who = new Set(struck.filter((one) => (one.helpedFrom !== null) === helped).map((one) => one.learner));
          const percents = made.outcomes.filter((one) => who.has(one.learner)).map((one) => one.percent);
          return percents.length === 0 ? 0 : mean(percents);
        };
        return ends(true) - ends(false);
      });
      return mean(gains);
    };
    const [real, none] = [effectOf(0.9), effectOf(0)];
    expect(real - none).toBeGreaterThan(6);
    // a few districts leave chance more room than twenty
    expect(Math.abs(none)).toBeLessThan(seeds.length >= 20 ? 4 : 12);
  }, 180_000);
});
