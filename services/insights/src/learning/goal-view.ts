import { type Goal, type Goals, type GoalTarget, type LocalText } from '@pharos/contract';
import { levelOf, type MasteryLevel, likelyDays, pathTo, READY_AT } from '@pharos/learner-models';
import { type LearningData, type LearningRecord } from '@pharos/registry';
import { type Mastery } from '@pharos/warehouse';
import { type z } from 'zod';
import { type Shelf } from '../practice/content-shelf.js';
import { standingsIn } from '../practice/standings.js';

type Target = z.infer<typeof GoalTarget>;

/** Share by which the effort for a goal is uncertain: wide, because eight answers for a skill are a rough reckoning. */
const EFFORT_SPREAD = 0.35;
const DAY_MS = 86_400_000;

export interface GoalContext {
  readonly shelf: Shelf;
  readonly own: ReadonlyMap<string, Mastery> | undefined;
  readonly levels: readonly MasteryLevel[];
  /** Answers on each of the last 28 days. */
  readonly days: readonly number[];
  readonly today: string;
}

/** What a target means now: its skills and how it is called; undefined for one that is not there. */
export function targetOf(target: Target, shelf: Shelf, paths: readonly LearningRecord<'path'>[]): { readonly skills: readonly string[]; readonly title: LocalText } | undefined {
  const { kind, name } = target;
  switch (kind) {
    case 'skill': {
      const skill = shelf.skillById.get(name);
      return skill === undefined ? undefined : { skills: [name], title: skill.title };
    }
    case 'subject':
      return some(shelf.skills.filter(({ subject }) => subject === name).map(({ skill }) => skill), { en: name });
    case 'level':
      return some(shelf.skills.filter(({ level }) => level === name).map(({ skill }) => skill), { en: name });
    case 'path': {
      const path = paths.find(({ id }) => id === name);
      return path === undefined ? undefined : some(path.data.skills.filter((skill) => shelf.skillById.has(skill)), { en: path.data.title });
    }
  }
} // prettier-ignore

const some = (skills: readonly string[], title: LocalText) => (skills.length === 0 ? undefined : { skills, title });

/** Everything that a goal may be about, the widest first. */
export function goalChoices(shelf: Shelf, paths: readonly LearningRecord<'path'>[]): Goals['choices'] {
  const targets: Target[] = [
    ...paths.map(({ id }) => ({ kind: 'path' as const, name: id })),
    ...[...new Set(shelf.skills.map(({ subject }) => subject))].map((name) => ({ kind: 'subject' as const, name })),
    ...[...new Set(shelf.skills.flatMap(({ level }) => level ?? []))].map((name) => ({ kind: 'level' as const, name })),
    ...shelf.skills.map(({ skill }) => ({ kind: 'skill' as const, name: skill })),
  ];
  return targets.flatMap((target) => {
    const found = targetOf(target, shelf, paths);
    return found === undefined ? [] : [{ target, title: found.title, skills: found.skills.length }];
  });
}

const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * A goal as it stands: what is reached, the way to the rest, and when it is likely there. The goal's own skills have to reach its level,
 * what they stand on has to carry them. Skills that are in no catalogue any more are left out.
 */
export function goalView({ id, version, openedAt, data }: LearningRecord<'goal'>, context: GoalContext, paths: readonly LearningRecord<'path'>[]): Goal {
  const { shelf, own, levels, days, today } = context;
  const skills = data.skills.filter((skill) => shelf.skillById.has(skill));
  const wanted = levels.find(({ name }) => name === data.level)!;
  const isOwn = new Set(skills);
  const standings = standingsIn(own);
  const path = pathTo(skills, shelf.skills, standings, 0, (skill) => (isOwn.has(skill) ? wanted.from : READY_AT));
  const effort = new Map(path.steps.map(({ skill, answers }) => [skill, answers]));
  // A chance may be there before the answers that the level asks for are.
  for (const skill of skills) {
    const missing = wanted.answers - (own?.get(skill)?.evidence ?? 0);
    if (!effort.has(skill) && missing > 0) effort.set(skill, missing);
  }
  const answers = [...effort.values()].reduce((sum, one) => sum + one, 0);
  const likely = likelyDays(answers, days, EFFORT_SPREAD, seedOf(id));
  const dates = likely === null ? null : { on: addDays(today, likely.likely), earliest: addDays(today, likely.low), latest: addDays(today, likely.high) };
  const onTheWay = [...path.steps.map(({ skill }) => skill).filter((skill) => !isOwn.has(skill)), ...inOrder(skills, shelf)];
  return {
    goal: id, version, target: data.target, level: data.level, dueOn: data.dueOn, setOn: openedAt.slice(0, 10),
    title: targetOf(data.target, shelf, paths)?.title ?? { en: data.target.name },
    reached: skills.filter((skill) => !effort.has(skill)).length,
    of: skills.length,
    steps: onTheWay.map((skill) => {
      const { title, prerequisites } = shelf.skillById.get(skill)!;
      const mastery = own?.get(skill);
      return {
        skill, title,
        level: mastery === undefined ? null : ((levelOf(mastery, levels) ?? null) as Goal['steps'][number]['level']),
        answers: effort.get(skill) ?? 0,
        ready: prerequisites.every((before) => (standings.get(before)?.chance ?? 0) >= READY_AT),
      };
    }),
    answers,
    likely: answers === 0 ? null : dates,
    standing: standingOfGoal(answers, data, dates),
  };
} // prettier-ignore

/** Prerequisites first: the order in which a teacher would read them. */
function inOrder(skills: readonly string[], shelf: Shelf): readonly string[] {
  const own = new Set(skills);
  return shelf.skills.filter(({ skill }) => own.has(skill)).map(({ skill }) => skill);
}

function standingOfGoal(answers: number, { dueOn }: LearningData['goal'], dates: Goal['likely']): Goal['standing'] {
  if (answers === 0) return 'reached';
  if (dates === null) return 'no-pace';
  if (dueOn === null) return 'no-date';
  return dates.latest <= dueOn ? 'on-time' : dates.on <= dueOn ? 'tight' : 'late';
}

/** The same goal has the same range from one look to the next. */
const seedOf = (id: string): number => [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_003, 7);
