import { type PracticeSkill, READY_AT } from './next-activity.js';
import { type Standing } from './standing.js';

export interface PathStep {
  readonly skill: string;
  /** Answers that it is likely to take. */
  readonly answers: number;
}

export interface Path {
  readonly steps: readonly PathStep[];
  readonly answers: number;
  /** Days at the learner's pace, and its range; null without a pace. */
  readonly days: { readonly likely: number; readonly low: number; readonly high: number } | null;
}

const TO_MASTER = 8;

/**
 * The way to a goal: every skill that it stands on and that is not known yet, prerequisites first.
 *
 * The effort is a rough reckoning, said as such: eight answers for a skill never met, fewer the nearer it is. The range is a
 * third to either side, wider where nothing is known of the learner.
 *
 * @param answersPerDay of the last weeks
 * @throws RangeError naming the way round when prerequisites go in a circle, or a skill that is not in the list
 */
export function pathTo(goal: readonly string[], skills: readonly PracticeSkill[], standings: ReadonlyMap<string, Standing>, answersPerDay: number): Path {
  const known = new Map(skills.map((skill) => [skill.skill, skill]));
  const steps: PathStep[] = [];
  const done = new Set<string>();
  const visit = (skill: string, above: readonly string[]): void => {
    if (above.includes(skill)) throw new RangeError(`prerequisites go in a circle: ${[...above.slice(above.indexOf(skill)), skill].join(' → ')}`);
    const own = known.get(skill);
    if (own === undefined) throw new RangeError(`unknown skill: ${[...above, skill].join(' → ')}`);
    if (done.has(skill)) return;
    for (const before of own.prerequisites) visit(before, [...above, skill]);
    done.add(skill);
    const chance = standings.get(skill)?.chance ?? 0;
    if (chance < READY_AT) steps.push({ skill, answers: Math.max(2, Math.ceil(TO_MASTER * (1 - chance / READY_AT))) });
  };
  for (const skill of goal) visit(skill, []);
  const answers = steps.reduce((sum, step) => sum + step.answers, 0);
  const spread = steps.some(({ skill }) => standings.has(skill)) ? 1 / 3 : 1 / 2;
  const likely = answers / answersPerDay;
  return { steps, answers, days: answersPerDay > 0 ? { likely, low: likely * (1 - spread), high: likely * (1 + spread) } : null };
} // prettier-ignore
