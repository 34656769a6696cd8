import { describe, expect, it } from '@jest/globals';
import { auditFairness } from '@pharos/fairness';
import { silentSources } from '@pharos/jobs/alerts/silent-sources';
import { observedReport, servedMetric } from '@pharos/jobs/observe/observed';
import { decideGate, type GateModel } from '@pharos/jobs/risk/gate';
import { servingFigures } from '@pharos/jobs/risk/serving-figures';
import { type InputsFound, watchInputs } from '@pharos/jobs/risk/watch-inputs';
import { createRandom, L2Logistic, type RiskScorer } from '@pharos/learner-models';
import { type District, simulateDistrict, type World } from '@pharos/simulator';
import { featuresOf, type Signs, signsOf } from './signs.js';

const now = '2026-11-22T12:00:00.000Z';
/** Twenty districts, or more of them: `PHAROS_DISTRICTS=60 npm run journeys -- detections`. Each seed is one, so any run can be repeated. */
const seeds = Array.from({ length: Number(process.env.PHAROS_DISTRICTS ?? 20) }, (_, seed) => seed + 1);
const nearlyAll = Math.floor(0.85 * seeds.length);
/** @param running whether the running term is looked at: to live through it takes as long as what is over */
const district = (seed: number, world: World, learners: number, running = true): District =>
  simulateDistrict({ seed, learners, now, world, running });
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const lambda = 10;

/** A model that learned from an earlier term, and the past term by the same week, which has ended: the world's need is in both. */
function learnedAndEnded(seed: number, world: World) {
  const made = district(seed, { earlierTerms: 1, ...world }, 200, false);
  return {
    made,
    model: new L2Logistic({ seed, lambda }).fit(signsOf(made, made.earlier[0]!, 7).table),
    ended: signsOf(made, made.terms[0], 7),
  };
}
type Learned = ReturnType<typeof learnedAndEnded>;
const plainly = seeds.map((seed) => learnedAndEnded(seed, {}));
const scoreOf = (model: RiskScorer, { table }: Signs): Float64Array => model.predict(table).probability;
const thresholdOf = (score: Float64Array): number => [...score].sort((a, b) => b - a)[Math.floor(score.length / 4)]!;

/** Of which groups the audit says that the model misses more of those who need help. */
function missedMore({ made, model, ended }: Learned, seed: number): readonly string[] {
  const { table, learners } = ended;
  const score = scoreOf(model, ended);
  const attributes = new Map(made.learners.map((one) => [one.sourcedId, one.attributes]));
  const groups = Object.fromEntries(
    (['economicallyDisadvantaged', 'gender'] as const).map((name) => [name, learners.map((learner) => attributes.get(learner)![name])]),
  );
  const settings = { seed, resamples: 2, permutations: 399, abrocaRounds: 2, intersections: [] };
  const { verdicts } = auditFairness({ label: table.target, score, threshold: thresholdOf(score), groups, person: learners, ...settings });
  return verdicts
    .filter(({ significant, metric }) => significant && metric === 'tpr')
    .map(({ attribute, group }) => `${attribute} ${group}`);
}

describe('over simulated districts, an audit', () => {
  it('notices that three fifths of a group need help that nobody sees', () => {
    const bias = { attribute: 'economicallyDisadvantaged', group: 'yes', share: 0.6 } as const;
    const found = seeds.filter((seed) => missedMore(learnedAndEnded(seed, { bias }), seed).some((one) => one.startsWith('economically')));
    expect(found.length).toBeGreaterThanOrEqual(nearlyAll);
  }, 240_000);

  it('raises no more false alarms than its share where there is no such group', () => {
    const alarmed = seeds.filter((seed, at) => missedMore(plainly[at]!, seed).length > 0);
    // of twenty families at a false discovery rate of 5 %, four or more with an alarm come once in sixty
    expect(alarmed.length).toBeLessThanOrEqual(Math.floor(0.15 * seeds.length));
  }, 240_000);
});

/** What was served in the past term against what happened, beside the backtest of a world in which nothing is different. */
function observed(at: number, world: World) {
  const { model, ended } = plainly[at]!;
  const score = scoreOf(model, ended);
  const threshold = thresholdOf(score);
  const backtest = servingFigures({ score, target: ended.table.target, person: ended.table.group }, threshold, seeds[at]!, 60);
  const promised = Object.fromEntries(
    Object.entries(backtest).map(([name, metric]) => [servedMetric[name as keyof typeof servedMetric], metric]),
  );
  const made = district(seeds[at]! + 1_000, world, 120, false);
  const later = signsOf(made, made.terms[0], 7);
  const probability = scoreOf(model, later);
  const served = later.learners.map((learner, row) => ({
    learner,
    class: later.classes[row]!.class,
    week: 7,
    model: 'm',
    recipe: 'logistic',
    probability: probability[row]!,
    failed: later.table.target[row] === 1,
  }));
  return observedReport({ served, threshold, backtest: promised, declared: [], seed: 1 });
}

describe('over simulated districts, the observation of what was served', () => {
  it('raises a concern where a quarter needs help that nobody sees, as more are missed than was promised', () => {
    const reports = seeds.map((_, at) => observed(at, { hiddenNeed: 0.25 }));
    expect(reports.filter(({ concern }) => concern).length).toBeGreaterThanOrEqual(nearlyAll);
    const left = reports.filter(({ figures }) => figures.find(({ name }) => name === 'falseNegativeRate')!.outside);
    expect(left.length).toBeGreaterThanOrEqual(nearlyAll);
  }, 240_000);

  it('raises one where a third looks at risk and needs no help, as fewer of those named do not pass', () => {
    const reports = seeds.map((_, at) => observed(at, { seemAtRisk: 0.35 }));
    expect(
      reports.filter(({ concern, figures }) => concern && figures.some(({ name, outside }) => name === 'precision' && outside)).length,
    ).toBeGreaterThanOrEqual(nearlyAll);
  }, 240_000);

  it('stays quiet in another district of the same kind', () => {
    const concerns = seeds.filter((_, at) => observed(at, {}).concern);
    expect(concerns.length).toBeLessThanOrEqual(Math.floor(0.1 * seeds.length));
  }, 240_000);
});

/** What the gate says of a model that knows some signs, against one that knows others; both learned from an earlier term and are tried on the past one. */
function gated(at: number, candidate: readonly string[], present: readonly string[]) {
  const { made, ended } = plainly[at]!;
  const random = createRandom(seeds[at]!);
  const worthless = new Map<Signs, Float64Array>();
  const knowing = (signs: Signs, known: readonly string[]): Signs['table'] => {
    const toss = worthless.get(signs) ?? Float64Array.from({ length: signs.table.rows }, () => random.normal());
    worthless.set(signs, toss);
    const columns = known.map((name) => (name === 'toss' ? toss : signs.table.columns[signs.table.features.findIndex((one) => one.name === name)]!));
    return { ...signs.table, features: known.map((name) => ({ name, family: 'signs' })), columns };
  };
  const before = signsOf(made, made.earlier[0]!, 7);
  const modelOf = (known: readonly string[]): GateModel => {
    const score = new L2Logistic({ seed: 1, lambda }).fit(knowing(before, known)).predict(knowing(ended, known)).probability;
    return { recipe: known.join(), model: null, heldOut: { score, target: ended.table.target, person: ended.table.group } };
  };
  return decideGate({ kind: 'first', week: 7, classes: ['past'], candidate: modelOf(candidate), present: modelOf(present), attempt: 1, seed: seeds[at]!, replicates: 200 });
} // prettier-ignore

describe('over simulated districts, the gate', () => {
  it('lets a model in that knows work and marks, where absences alone were known', () => {
    const verdicts = seeds.map((_, at) => gated(at, ['handed_in', 'mark_mean', 'events', 'absences'], ['absences']).verdict);
    expect(verdicts.filter((verdict) => verdict === 'superior').length).toBeGreaterThanOrEqual(nearlyAll);
  }, 240_000);

  it('lets none in that knows the toss of a coin besides', () => {
    const verdicts = seeds.map(
      (_, at) => gated(at, ['handed_in', 'mark_mean', 'absences', 'toss'], ['handed_in', 'mark_mean', 'absences']).verdict,
    );
    // a first try has a level of .03: two of twenty and more come once in eight
    expect(verdicts.filter((verdict) => verdict === 'superior').length).toBeLessThanOrEqual(Math.floor(0.1 * seeds.length));
  }, 240_000);
});

/** The running term by its eighth week, watched by what learned from the past one. */
function watched(seed: number, world: World, { week = 8, learners = 120 } = {}): InputsFound {
  const made = district(seed, world, learners);
  const [past, running] = made.terms;
  const signs = signsOf(made, past, week);
  const before = featuresOf(signs, past, week);
  const training = { keys: before.keys, table: { ...before.table, target: signs.table.target, group: before.table.group! } };
  const model = new L2Logistic({ seed, lambda }).fit(training.table);
  return watchInputs(featuresOf(signsOf(made, running, week), running, week), training, model);
}
const moved = ({ moved: some }: InputsFound): readonly string[] => [...new Set(some.map(({ feature }) => feature))].sort();

describe('over simulated districts, the watch over inputs', () => {
  it('is quiet where a term is like the one before', () => {
    expect(seeds.filter((seed) => watched(seed, {}).moved.length > 0).length).toBeLessThanOrEqual(Math.floor(0.1 * seeds.length));
  }, 240_000);

  it('names marks, and nothing else, where all marks are higher for the same work', () => {
    const found = seeds.map((seed) => moved(watched(seed, { markInflation: 12 })));
    expect(found.filter((names) => names.includes('mark_mean')).length).toBeGreaterThanOrEqual(nearlyAll);
    expect(found.filter((names) => names.some((name) => name !== 'mark_mean')).length).toBeLessThanOrEqual(Math.floor(0.1 * seeds.length));
  }, 240_000);

  it('names marks of 1 or 100 that say nothing of a learner, and holds the model back; it holds none back in a term like the one before', () => {
    const early = { week: 3, learners: 300 };
    const found = seeds.map((seed) => watched(seed, { coinMarks: true }, early));
    expect(found.filter((one) => moved(one).includes('mark_mean')).length).toBe(seeds.length);
    expect(found.filter(({ heldBack }) => heldBack.length > 0).length).toBeGreaterThanOrEqual(nearlyAll);
    const quiet = seeds.map((seed) => watched(seed, {}, early));
    expect(quiet.filter(({ heldBack }) => heldBack.length > 0)).toEqual([]);
    expect(quiet.filter((one) => one.moved.length > 0).length).toBeLessThanOrEqual(Math.floor(0.1 * seeds.length));
  }, 240_000);

  it('names what a year of less engaged learners does otherwise, and not their marks alone', () => {
    const found = seeds.map((seed) => moved(watched(seed, { otherPopulation: -1.5 })));
    expect(found.filter((names) => names.includes('work_handed_in') || names.includes('activity_so_far')).length).toBeGreaterThanOrEqual(
      nearlyAll,
    );
  }, 240_000);

  it('tells a platform that fell silent from learners who did, and none where all send', () => {
    const asOf = (made: District): string => new Date(Date.parse(made.terms[1].start) + 34 * 86_400_000).toISOString();
    const silent = (seed: number, world: World): readonly string[] => {
      const made = district(seed, world, 80);
      const days = made.statements
        .map(({ platform, statement }) => `${platform}\n${String(statement.timestamp).slice(0, 10)}`)
        .filter((one) => one.slice(-10) <= asOf(made).slice(0, 10));
      const volume = [...Map.groupBy(days, (one) => one)].map(([one, all]) => ({
        source: one.split('\n')[0]!,
        day: one.split('\n')[1]!,
        statements: all.length,
      }));
      return silentSources(
        volume.filter(({ day }) => day >= made.terms[1].start.slice(0, 10)),
        asOf(made),
        () => true,
      ).map(({ source }) => source);
    };
    for (const seed of seeds) {
      expect(silent(seed, { silentPlatform: { platform: 'lms', fromWeek: 4 } })).toEqual(['lms']);
      expect(silent(seed, {})).toEqual([]);
    }
  }, 240_000);
});

describe('over simulated districts, the truth', () => {
  it('of those who need no help though they look it is that they pass no less often than others, and hidden need fails', () => {
    const shares = seeds.map((seed) => {
      const made = district(seed, { seemAtRisk: 0.15, hiddenNeed: 0.1 }, 60, false);
      const fate = new Map(made.fates.filter(({ term }) => term === made.terms[0].id).map((one) => [one.learner, one.need]));
      const failed = (need: string) => {
        const own = made.outcomes.filter((one) => fate.get(one.learner) === need);
        return own.length === 0 ? 0 : own.filter((one) => one.outcome === 'fail').length / own.length;
      };
      return { asSeen: failed('as-seen'), noNeed: failed('no-need'), hidden: failed('hidden-need') };
    });
    expect(mean(shares.map(({ noNeed }) => noNeed))).toBeLessThan(mean(shares.map(({ asSeen }) => asSeen)) + 0.02);
    expect(mean(shares.map(({ hidden }) => hidden))).toBeGreaterThan(0.9);
  }, 180_000);

  it('of help is the effect that it was given, and none where it was given none', () => {
    const effectOf = (effect: number): number => {
      const gains = seeds.map((seed) => {
        const made = district(seed, { help: { share: 0.5, effect } }, 100, false);
        const shocked = new Map(made.learners.map((one) => [one.sourcedId, one]));
        const struck = made.fates.filter(
          ({ term, learner }) => term === made.terms[0].id && shocked.get(learner)!.shocks.some((shock) => shock.term === term),
        );
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
    expect(Math.abs(none)).toBeLessThan(5);
  }, 180_000);
});
