import { type Position } from '@pharos/event-log';
import { type FactNamed } from '@pharos/facts';
import { attemptSaid, helpAskedFor, isTried } from '@pharos/xapi';
import { factColumns } from './fact-columns.js';
import { type Placed, placed } from './folded.js';

/** Activity types by which platforms say that a category is a skill: ADL's vocabulary, the Tin Can registry, Open edX and CASE exports. */
const SKILL_TYPES: ReadonlySet<string> = new Set([
  'http://adlnet.gov/expapi/activities/objective',
  'http://id.tincanapi.com/activitytype/competency',
  'http://id.tincanapi.com/activitytype/skill',
  'https://w3id.org/xapi/tla/activity-types/competency',
]);

/** Verbs that say by themselves how it went. */
const VERDICTS: ReadonlyMap<string, boolean> = new Map([
  ['http://adlnet.gov/expapi/verbs/passed', true],
  ['http://adlnet.gov/expapi/verbs/failed', false],
  ['http://adlnet.gov/expapi/verbs/mastered', true],
]);

const MASTERY_SCORE = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore';
/** Scaled score from which a work whose source says no more counts as right. */
const PASS_SCALED = 0.6;

type Sent = Parameters<typeof attemptSaid>[0] & { readonly context?: { readonly contextActivities?: { readonly category?: unknown } } };

/**
 * The graded answer that a statement tells, if it tells one: the platform's or the door's verdict; else the verb's own; else, where the statement
 * names skills, its scaled score against cmi5's mastery score or 0.6. A score without skills is a mark and no answer, and so is what was answered while
 * looking through.
 */
export function answerRow(fact: FactNamed<'StatementRecorded'>, at: Position): Placed | undefined {
  const { data } = fact;
  const { correct: said, scaled, verb, activity } = data;
  if (activity === '' || (said === undefined && scaled === undefined && !VERDICTS.has(verb))) return undefined;
  const sent = data.statement as Sent;
  if (!isTried(sent)) return undefined;
  const skills = namedSkills(sent);
  const least = sent.context?.extensions?.[MASTERY_SCORE];
  const scored = scaled === undefined || skills.length === 0 ? undefined : scaled >= (typeof least === 'number' ? least : PASS_SCALED);
  const correct = said ?? VERDICTS.get(verb) ?? scored;
  if (correct === undefined) return undefined;
  return placed('answers', {
    ...factColumns(fact, at),
    learner: data.learner,
    activity,
    skills,
    correct: Number(correct),
    duration_seconds: data.durationSeconds ?? null,
    ...attemptSaid(sent),
  });
}

/** Help that a statement of its own asks for, under the item that it is for. */
export function helpRow(fact: FactNamed<'StatementRecorded'>, at: Position): Placed | undefined {
  const item = helpAskedFor(fact.data);
  return item === undefined ? undefined : placed('help_asked', { ...factColumns(fact, at), learner: fact.data.learner, activity: item });
}

function namedSkills({ context }: Sent): readonly string[] {
  const category = context?.contextActivities?.category;
  if (category === undefined) return [];
  const listed = (Array.isArray(category) ? category : [category]) as readonly { id?: unknown; definition?: { type?: unknown } }[];
  const skills = listed.filter(({ definition }) => SKILL_TYPES.has(String(definition?.type))).map(({ id }) => String(id));
  return [...new Set(skills)].sort();
}
