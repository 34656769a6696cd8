import { createRandom } from '../random.js';
import { chooseNext, type NextActivity, type PracticeItem, type PracticeSkill } from './next-activity.js';
import { type SkillAnswer, type Standing, standingOf } from './standing.js';

/** How the simulated learners learn. The chooser never sees any of it. */
export interface LearningTruth {
  /** Gain in log odds of one answer to a skill whose prerequisites are known. */
  readonly gain: number;
  /** Share of the gain that is left when a prerequisite is missing. */
  readonly withoutPrerequisites: number;
}

export type Policy = 'pharos' | 'random' | 'fixed';

/** A ladder of skills, each on the one before, with ten items each. */
export function simulatedContent(skills: number): { readonly skills: readonly PracticeSkill[]; readonly items: readonly PracticeItem[] } {
  const ladder = Array.from({ length: skills }, (_, index) => ({ skill: `skill-${String(index).padStart(2, '0')}`, prerequisites: index === 0 ? [] : [`skill-${String(index - 1).padStart(2, '0')}`] }));
  const items = ladder.flatMap(({ skill }) => Array.from({ length: 10 }, (_, index) => ({ item: `${skill}/${index}`, skill, difficulty: (index - 5) / 5 })));
  return { skills: ladder, items };
} // prettier-ignore

const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * SIMULATION: lets one learner practise and says how many skills are truly known in the end (chance of at least 0.85 on usual items).
 * It shows how choosing behaves where its assumptions hold, and no more: people learn otherwise.
 */
export function simulateLearning(
  policy: Policy,
  seed: number,
  answers: number,
  truth: LearningTruth,
  content = simulatedContent(12),
): number {
  const random = createRandom(seed);
  const odds = new Map(content.skills.map(({ skill }, index) => [skill, 0.5 * random.normal() - 1.5 + (index < 2 ? 1.5 : 0)]));
  const given = new Map<string, SkillAnswer[]>();
  const standings = new Map<string, Standing>();
  const recent: { item: string; skill: string }[] = [];
  for (let turn = 0; turn < answers; turn += 1) {
    const now = turn * 60_000;
    const pick = choose();
    if (pick === undefined) break;
    const item = content.items.find(({ item: id }) => id === pick.item)!;
    const known = odds.get(item.skill)!;
    const correct = random.uniform() < sigmoid(known - item.difficulty);
    const open = content.skills.find(({ skill }) => skill === item.skill)!.prerequisites.every((before) => odds.get(before)! > 0.8);
    odds.set(item.skill, known + truth.gain * (open ? 1 : truth.withoutPrerequisites));
    const own = [...(given.get(item.skill) ?? []), { correct, at: now }];
    given.set(item.skill, own);
    standings.set(item.skill, standingOf(own));
    recent.unshift({ item: item.item, skill: item.skill });

    function choose(): Pick<NextActivity, 'item'> | undefined {
      if (policy === 'random') return content.items[random.integer(content.items.length)];
      if (policy === 'fixed') return content.items[Math.floor((turn * content.items.length) / answers)];
      return chooseNext({ ...content, standings, recent, now })[0];
    }
  }
  return [...odds.values()].filter((value) => sigmoid(value) >= 0.85).length;
}
