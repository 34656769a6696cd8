import { MASTERED_AT, type PracticeSkill, READY_AT } from './next-activity.js';
import { type Standing } from './standing.js';

/** A skill that would change more than itself if it were known. */
export interface Lever {
  readonly skill: string;
  /** Of a right answer now; null where it was never tried. */
  readonly chance: number | null;
  /** Skills that stand on it, near or far, and are not known either. */
  readonly opens: number;
  /** What to practise first on the way to it: the skill itself once all that it stands on is known. */
  readonly first: string;
}

/** Chance taken for somebody who never tried: what a first answer is expected to be worth. */
const UNTRIED = 0.5;

/**
 * The few skills that would change a learner's outlook most: how far each is from being known, times all that stands on it and waits. An
 * unsteady foundation so goes before a gap that holds nothing up. By prerequisites and what was answered alone, not by a learned effect:
 * it says where practice reaches furthest, and promises no number.
 *
 * Only subjects in which something was answered are looked at: of others nothing is known, so nothing can be said.
 *
 * @returns at most `most`, the strongest first; empty where everything is known or nothing was answered
 * @example leversOf(skills, standings)[0] // => { skill: 'fractions', chance: 0.41, opens: 3, first: 'integers' }
 */
export function leversOf(
  skills: readonly (PracticeSkill & { readonly subject: string })[],
  standings: ReadonlyMap<string, Standing>,
  most = 3,
): readonly Lever[] {
  const byId = new Map(skills.map((skill) => [skill.skill, skill]));
  const subjects = new Set(skills.filter(({ skill }) => standings.has(skill)).map(({ subject }) => subject));
  const chanceOf = (skill: string): number => standings.get(skill)?.chance ?? UNTRIED;
  const waiting = skills.filter(({ skill, subject }) => subjects.has(subject) && chanceOf(skill) < MASTERED_AT);
  const before = new Map(waiting.map(({ skill }) => [skill, foundations(skill, byId)]));
  const found = waiting.map(({ skill }) => {
    const opens = waiting.filter((other) => other.skill !== skill && before.get(other.skill)!.has(skill)).length;
    return { skill, chance: standings.get(skill)?.chance ?? null, opens, weight: (MASTERED_AT - chanceOf(skill)) * (1 + opens) };
  });
  return found
    .filter(({ chance, opens }) => chance !== null || opens > 0)
    .sort((a, b) => b.weight - a.weight || (a.skill < b.skill ? -1 : 1))
    .slice(0, most)
    .map(({ weight: _, ...lever }) => ({ ...lever, first: firstOf(lever.skill, byId, standings) }));
}

/** Everything that a skill stands on, near or far. Circles end where they close. */
function foundations(skill: string, byId: ReadonlyMap<string, PracticeSkill>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const next of byId.get(one)?.prerequisites ?? []) {
      if (found.has(next) || next === skill) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(skill);
  return found;
}

/** The first skill below that does not carry yet and stands on nothing that does not. */
function firstOf(skill: string, byId: ReadonlyMap<string, PracticeSkill>, standings: ReadonlyMap<string, Standing>, above: readonly string[] = []): string {
  const shaky = (byId.get(skill)?.prerequisites ?? []).find((one) => byId.has(one) && !above.includes(one) && (standings.get(one)?.chance ?? 0) < READY_AT);
  return shaky === undefined ? skill : firstOf(shaky, byId, standings, [...above, skill]);
} // prettier-ignore
