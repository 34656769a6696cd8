import { PracticeContent } from '@pharos/contract';
import { goalEffort, goalOutlook, type Standing } from '@pharos/learner-models';
import { type LearningRecord } from '@pharos/registry';
import { masteriesOf } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { answersByDay } from './nudge-questions.js';

const DAY_MS = 86_400_000;
/** Pace is what was answered in four weeks. */
const PACE_DAYS = 28;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Learners of whom a goal with a date is not reached in time at their present pace, by the same reckoning as their page shows.
 *
 * @param learners canonical tokens, at most some hundreds
 */
export async function slippingAmong({ registry, warehouse, asOf, positions }: JobScope, learners: readonly string[]): Promise<ReadonlySet<string>> {
  const today = asOf.slice(0, 10);
  const goals = (await registry.learning.list('goal', { learners, statuses: ['open'] })).filter(({ data }) => data.dueOn !== null && data.dueOn >= today);
  if (goals.length === 0) return new Set();
  const tokens = [...new Set(goals.map(({ data }) => data.learner))];
  const canonical = await registry.access.canonical(tokens);
  const learnerOf = new Map(tokens.map((token, at) => [token, canonical[at]!]));
  const owners = [...new Set(canonical)];
  const now = Date.parse(asOf);
  const from = new Date(now - PACE_DAYS * DAY_MS).toISOString();
  const [content, { value }, rows, answers] = await Promise.all([
    registry.practice.all().then((all) => PracticeContent.parse(all)),
    registry.policies.get('mastery'),
    warehouse.ask(masteriesOf(owners), 'jobs'),
    warehouse.ask(answersByDay(owners, from, { asOf, positions: positions.offsets }), 'jobs'),
  ]);
  const known = new Set(content.skills.map(({ skill }) => skill));
  const standings = Map.groupBy(rows, ({ learner }) => learner);
  const counts = new Map(answers.map(({ learner, day, answers: count }) => [`${learner} ${day}`, count]));
  const slips = ({ id, data }: LearningRecord<'goal'>): boolean => {
    const learner = learnerOf.get(data.learner)!;
    const own = new Map((standings.get(learner) ?? []).map((row): [string, Standing] => [row.skill, { chance: row.probability, interval: row, evidence: row.evidence, lastAt: row.lastAt, reviewAt: row.reviewAt, run: row.run }]));
    const wanted = value.levels.find(({ name }) => name === data.level)!;
    const effort = goalEffort(data.skills.filter((skill) => known.has(skill)), wanted, content.skills, own);
    const days = Array.from({ length: PACE_DAYS }, (_, back) => counts.get(`${learner} ${dayOf(now - (back + 1) * DAY_MS)}`) ?? 0);
    return goalOutlook(effort, { id, dueOn: data.dueOn, days, today }).standing === 'late';
  };
  return new Set(goals.filter(slips).map(({ data }) => learnerOf.get(data.learner)!));
} // prettier-ignore
