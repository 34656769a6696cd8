import { type Goal, type Goals, type GoalTarget, type LocalText } from '@pharos/contract';
import { goalEffort, goalOutlook, levelOf, type MasteryLevel, READY_AT } from '@pharos/learner-models';
import { type LearningRecord } from '@pharos/registry';
import { type Mastery } from '@pharos/warehouse';
import { type z } from 'zod';
import { type Shelf } from '../practice/content-shelf.js';
import { standingsIn } from '../practice/standings.js';

type Target = z.infer<typeof GoalTarget>;

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
      return some(shelf.skills.filter(({ subject }) => subject === name).map(({ skill }) => skill), shelf.subjectTitle(name));
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
  const { bySkill: effort, answers } = goalEffort(skills, wanted, shelf.skills, standings);
  const { likely, standing } = goalOutlook({ answers }, { id, dueOn: data.dueOn, days, today });
  const onTheWay = [...[...effort.keys()].filter((skill) => !isOwn.has(skill)), ...inOrder(skills, shelf)];
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
    likely,
    standing,
  };
} // prettier-ignore

/** Prerequisites first: the order in which a teacher would read them. */
function inOrder(skills: readonly string[], shelf: Shelf): readonly string[] {
  const own = new Set(skills);
  return shelf.skills.filter(({ skill }) => own.has(skill)).map(({ skill }) => skill);
}
