import { READY_AT } from './next-activity.js';
import { type PracticeSkill } from './next-activity.js';
import { type Standing } from './standing.js';

/** What is known of each learner of a class, by skill. */
export type ClassStandings = ReadonlyMap<string, ReadonlyMap<string, Standing>>;

/** Answers after which a weak skill is a gap and not a beginning; and learners from whom on it is one of the class. */
const FEWEST_ANSWERS = 2;
const FEWEST_LEARNERS = 2;

export interface SharedGap {
  readonly skill: string;
  /** Learners who tried it and are still below what carries the next skill. */
  readonly weak: readonly string[];
  readonly tried: number;
}

/** Gaps that a class shares, the widest first: tried at least twice and still below what carries the next skill. One learner alone is no gap of the class. */
export function sharedGaps(skills: readonly string[], standings: ClassStandings): readonly SharedGap[] {
  return skills
    .map((skill) => {
      const tried = [...standings].filter(([, own]) => (own.get(skill)?.evidence ?? 0) >= FEWEST_ANSWERS);
      const weak = tried.filter(([, own]) => own.get(skill)!.chance < READY_AT).map(([learner]) => learner);
      return { skill, weak, tried: tried.length };
    })
    .filter(({ weak }) => weak.length >= FEWEST_LEARNERS)
    .sort((a, b) => b.weak.length - a.weak.length);
}

/** Who knows all that a skill stands on and has not begun it: they are ready to go on. Skills for which nobody is are left out. */
export function readyToGoOn(
  skills: readonly PracticeSkill[],
  learners: readonly string[],
  standings: ClassStandings,
): readonly { readonly skill: string; readonly learners: readonly string[] }[] {
  return skills
    .filter(({ prerequisites }) => prerequisites.length > 0)
    .map(({ skill, prerequisites }) => ({
      skill,
      learners: learners.filter((learner) => {
        const own = standings.get(learner);
        return own !== undefined && !own.has(skill) && prerequisites.every((before) => (own.get(before)?.chance ?? 0) >= READY_AT);
      }),
    }))
    .filter(({ learners: ready }) => ready.length > 0);
}
