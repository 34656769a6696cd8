import { type MasteryLevel } from '../knowledge/mastery.js';
import { READY_AT } from './next-activity.js';
import { type PracticeSkill } from './next-activity.js';
import { likelyDays, type LikelyDays, pathTo } from './path.js';
import { type Standing } from './standing.js';

/** Share by which the effort for a goal is uncertain: wide, because eight answers for a skill are a rough reckoning. */
const EFFORT_SPREAD = 0.35;
const DAY_MS = 86_400_000;

export interface GoalEffort {
  /** Answers likely to be needed, of each skill that is not there yet; what the goal's skills stand on comes first. */
  readonly bySkill: ReadonlyMap<string, number>;
  readonly answers: number;
}

/**
 * The way that is left to a goal: its own skills have to reach its level, what they stand on has to carry them.
 *
 * @param goal skills of the goal that are in the catalogue
 * @throws RangeError where prerequisites go in a circle
 */
export function goalEffort(goal: readonly string[], wanted: Pick<MasteryLevel, 'from' | 'answers'>, skills: readonly PracticeSkill[], standings: ReadonlyMap<string, Standing>): GoalEffort {
  const own = new Set(goal);
  const path = pathTo(goal, skills, standings, 0, (skill) => (own.has(skill) ? wanted.from : READY_AT));
  const bySkill = new Map(path.steps.map(({ skill, answers }) => [skill, answers]));
  // A chance may be there before the answers that the level asks for are.
  for (const skill of goal) {
    const missing = wanted.answers - (standings.get(skill)?.evidence ?? 0);
    if (!bySkill.has(skill) && missing > 0) bySkill.set(skill, missing);
  }
  return { bySkill, answers: [...bySkill.values()].reduce((sum, one) => sum + one, 0) };
} // prettier-ignore

export type GoalStanding = 'reached' | 'on-time' | 'tight' | 'late' | 'no-date' | 'no-pace';

/** When a goal is likely reached, as days of the calendar, and how that stands to its date. */
export function goalOutlook(
  { answers }: Pick<GoalEffort, 'answers'>,
  { id, dueOn, days, today }: { readonly id: string; readonly dueOn: string | null; readonly days: readonly number[]; readonly today: string },
): { readonly likely: { readonly on: string; readonly earliest: string; readonly latest: string } | null; readonly standing: GoalStanding } {
  if (answers === 0) return { likely: null, standing: 'reached' };
  const found: LikelyDays | null = likelyDays(answers, days, EFFORT_SPREAD, seedOf(id));
  if (found === null) return { likely: null, standing: 'no-pace' };
  const likely = { on: addDays(today, found.likely), earliest: addDays(today, found.low), latest: addDays(today, found.high) };
  if (dueOn === null) return { likely, standing: 'no-date' };
  return { likely, standing: likely.latest <= dueOn ? 'on-time' : likely.on <= dueOn ? 'tight' : 'late' };
} // prettier-ignore

const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same goal has the same range from one look to the next. */
const seedOf = (id: string): number => [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_003, 7);
