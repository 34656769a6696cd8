import { type Assessment, type AssessmentSettings, type BankItem } from './assessment.js';
import { type PracticeItem, type PracticeSkill } from './next-activity.js';

/** Short: it is for the first day, and what it gets wrong comes back as a review. */
export const PLACEMENT: AssessmentSettings = { standardError: 0.45, most: 15, least: 6, among: 3, seed: 1 };

/** Ability between two skills of which one stands on the other, in log odds: about from three in four to nine in ten. */
const STEP = 1;
/** Chance on a usual item from which a skill is skipped. */
const SKIP_AT = 0.8;

/** How deep a skill stands in the ladder of prerequisites. @throws RangeError when they go in a circle */
function depths(skills: readonly PracticeSkill[]): ReadonlyMap<string, number> {
  const known = new Map(skills.map((skill) => [skill.skill, skill.prerequisites]));
  const found = new Map<string, number>();
  const depth = (skill: string, above: readonly string[]): number => {
    if (above.includes(skill)) throw new RangeError(`prerequisites go in a circle: ${[...above.slice(above.indexOf(skill)), skill].join(' → ')}`);
    const before = found.get(skill);
    if (before !== undefined) return before;
    const own = Math.max(-1, ...known.get(skill)!.filter((one) => known.has(one)).map((one) => depth(one, [...above, skill]))) + 1;
    found.set(skill, own);
    return own;
  };
  for (const { skill } of skills) depth(skill, []);
  return found;
} // prettier-ignore

/** Difficulty of each skill on one scale, its middle at 0: a step for each level of prerequisites. */
function difficulties(skills: readonly PracticeSkill[]): ReadonlyMap<string, number> {
  const deep = depths(skills);
  const middle = Math.max(0, ...deep.values()) / 2;
  return new Map([...deep].map(([skill, depth]) => [skill, (depth - middle) * STEP]));
}

/**
 * A bank for placing, from a catalogue: an item is as hard as its skill stands high, and by what it is harder than usual for the skill.
 * Skills that were never calibrated against each other have no better order than that of their prerequisites.
 */
export function bankOf(skills: readonly PracticeSkill[], items: readonly PracticeItem[]): readonly BankItem[] {
  const at = difficulties(skills);
  return items
    .filter(({ skill }) => at.has(skill))
    .map(({ item, skill, difficulty }) => ({ item, area: skill, discrimination: 1.2, difficulty: at.get(skill)! + difficulty }));
}

export interface PlacedSkill {
  readonly skill: string;
  readonly chance: number;
  readonly known: boolean;
}

/**
 * What a placement test says of each skill: known where the ability makes a right answer to a usual item likely (0.8), the lower end of its
 * error counted, where own answers do not speak against it, and where all that it stands on is known as well.
 */
export function placedOf(skills: readonly PracticeSkill[], found: Pick<Assessment, 'ability' | 'error' | 'areas'>): readonly PlacedSkill[] {
  const at = difficulties(skills);
  const deep = depths(skills);
  const asked = new Map(found.areas.map((area) => [area.area, area]));
  const cautious = found.ability - found.error / 2;
  const known = new Map<string, boolean>();
  return [...skills]
    .sort((a, b) => deep.get(a.skill)! - deep.get(b.skill)! || (a.skill < b.skill ? -1 : 1))
    .map(({ skill, prerequisites }) => {
      const chance = 1 / (1 + Math.exp(-1.2 * (cautious - at.get(skill)!)));
      const own = asked.get(skill);
      const against = own !== undefined && own.asked > 0 && own.right / own.asked < 0.6;
      const isKnown = chance >= SKIP_AT && !against && prerequisites.every((before) => known.get(before) ?? true);
      known.set(skill, isKnown);
      return { skill, chance, known: isKnown };
    });
} // prettier-ignore
