import { type SkillStanding } from '@pharos/contract';
import { levelOf, type MasteryLevel, retrievability, type Standing } from '@pharos/learner-models';
import { type Mastery } from '@pharos/warehouse';

/** What choosing, gaps and groups go by: what the tables know of a learner and a skill. */
export const standingOfMastery = ({ probability, low, high, evidence, lastAt, reviewAt, run }: Mastery): Standing => ({
  chance: probability,
  interval: { low, high },
  evidence,
  lastAt,
  reviewAt,
  run,
});

export type Masteries = ReadonlyMap<string, ReadonlyMap<string, Mastery>>;

/** By learner, then skill. */
export function byLearner(rows: readonly Mastery[]): Masteries {
  const found = new Map<string, Map<string, Mastery>>();
  for (const row of rows) {
    let own = found.get(row.learner);
    if (!own) found.set(row.learner, (own = new Map<string, Mastery>()));
    own.set(row.skill, row);
  }
  return found;
}

export const standingsIn = (own: ReadonlyMap<string, Mastery> | undefined): ReadonlyMap<string, Standing> =>
  new Map([...(own ?? [])].map(([skill, mastery]) => [skill, standingOfMastery(mastery)]));

const iso = (at: number): string => new Date(at).toISOString();

/** One skill as it is told. Levels are decided when it is asked, so that a new scheme holds at once. */
export function standingView(skill: string, mastery: Mastery | undefined, levels: readonly MasteryLevel[], now: number): SkillStanding {
  if (mastery === undefined)
    return {
      skill, level: null, chance: null, low: null, high: null, evidence: 0, trend: 0, remembered: null, lastAt: null, reviewAt: null, due: false,
    }; // prettier-ignore
  const { probability, low, high, evidence, trend, lastAt, reviewAt, stability, difficulty } = mastery;
  return {
    skill,
    level: (levelOf(mastery, levels) ?? null) as SkillStanding['level'],
    chance: probability,
    low,
    high,
    evidence,
    trend,
    remembered: retrievability({ stability, difficulty, at: lastAt / 1000 }, now / 1000),
    lastAt: iso(lastAt),
    reviewAt: iso(reviewAt),
    due: reviewAt <= now,
  };
}
