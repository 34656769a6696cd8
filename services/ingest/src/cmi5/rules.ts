import { type Activity, type Statement, type StatementError } from '@pharos/xapi';
import { CMI5_CATEGORY, type Cmi5Verb, cmi5VerbOf, CONTEXT, MOVE_ON_CATEGORY, PROGRESS, REASON } from './vocabulary.js';

type Fault = StatementError;
const fault = (path: string, message: string): Fault => ({ path, message });

const categoriesOf = ({ context }: Statement): readonly string[] =>
  [context?.contextActivities?.category ?? []].flat().map(({ id }: Activity) => id);

/** Whether a statement says that cmi5 defines it; any other is a "cmi5 allowed" one, free to say what it likes (7.1.3). */
export const isCmi5Defined = (statement: Statement): boolean => categoriesOf(statement).includes(CMI5_CATEGORY);

/** What a verb asks of `result`: true or false where it has to be so, undefined where it must not stand there (9.5.2, 9.5.3). */
const RESULTS: Readonly<Partial<Record<Cmi5Verb, { readonly success?: boolean; readonly completion?: boolean }>>> = {
  passed: { success: true },
  failed: { success: false },
  completed: { completion: true },
  waived: { success: true, completion: true },
};
const SCORED: readonly Cmi5Verb[] = ['passed', 'failed'];
const TIMED: readonly Cmi5Verb[] = ['terminated', 'completed', 'passed', 'failed', 'abandoned'];

/**
 * What is wrong with a valid statement by the rules of cmi5 that a statement alone can be judged by. None for a statement
 * that cmi5 does not define, but for the session that each of its statements names.
 *
 * Source: cmi5, Quartz 1st edition, 9.1 to 9.7.
 *
 * @example statementFaults(passed)[0] // => { path: 'result.success', message: 'must be true where the verb is passed' }
 */
export function statementFaults(statement: Statement): readonly StatementError[] {
  if (!isCmi5Defined(statement)) return [];
  const verb = cmi5VerbOf(statement.verb.id);
  if (verb === undefined) return [fault('verb.id', 'is none of the verbs that cmi5 defines, although its category is cmi5')];
  return [...identityFaults(statement), ...resultFaults(statement, verb), ...contextFaults(statement, verb)];
}

function identityFaults({ id, actor, timestamp }: Statement): readonly Fault[] {
  return [
    ...(id === undefined ? [fault('id', 'has to be given by who sends a cmi5 statement (9.1)')] : []),
    ...(actor.objectType === 'Group' || actor.account === undefined
      ? [fault('actor.account', 'is needed: the actor of a cmi5 statement is an agent with an account (9.2)')]
      : []),
    ...(timestamp === undefined ? [fault('timestamp', 'is needed in a cmi5 statement (9.7)')] : []),
    ...(timestamp !== undefined && !/(Z|[+]00:?00)$/.test(timestamp) ? [fault('timestamp', 'has to be in UTC (9.7)')] : []),
  ];
}

function resultFaults({ result = {} }: Statement, verb: Cmi5Verb): readonly Fault[] {
  const faults: Fault[] = [];
  const wanted = RESULTS[verb] ?? {};
  for (const key of ['success', 'completion'] as const) {
    if (result[key] === wanted[key]) continue;
    const must = wanted[key] === undefined ? 'must not be set' : `must be ${wanted[key]}`;
    faults.push(fault(`result.${key}`, `${must} where the verb is ${verb} (9.5)`));
  }
  const { score, duration, extensions } = result;
  if (score !== undefined && !SCORED.includes(verb))
    faults.push(fault('result.score', `must not be set where the verb is ${verb} (9.5.1)`));
  if (score?.raw !== undefined && (score.min === undefined || score.max === undefined))
    faults.push(fault('result.score', 'needs min and max beside raw (9.5.1)'));
  if (score?.scaled !== undefined && score.scaled < 0) faults.push(fault('result.score.scaled', 'must lie between 0 and 1 (9.5.1)'));
  if (duration === undefined && TIMED.includes(verb)) faults.push(fault('result.duration', `is needed where the verb is ${verb} (9.5.4)`));
  if (verb === 'waived' && typeof extensions?.[REASON] !== 'string') faults.push(fault('result.extensions', `needs ${REASON} (9.5.5.2)`));
  const progress = extensions?.[PROGRESS];
  if (progress !== undefined && !(Number.isInteger(progress) && Number(progress) >= 0 && Number(progress) <= 100))
    faults.push(fault('result.extensions', `needs a whole number from 0 to 100 as ${PROGRESS} (9.5.5.1)`));
  return faults;
}

function contextFaults(statement: Statement, verb: Cmi5Verb): readonly Fault[] {
  const faults: Fault[] = [];
  const { context, result } = statement;
  if (context?.registration === undefined) faults.push(fault('context.registration', 'is needed in a cmi5 statement (9.6.1)'));
  if (typeof context?.extensions?.[CONTEXT.sessionId] !== 'string')
    faults.push(fault('context.extensions', `needs ${CONTEXT.sessionId} (9.6.3.1)`));
  const judged = result?.success !== undefined || result?.completion !== undefined;
  if (judged !== categoriesOf(statement).includes(MOVE_ON_CATEGORY)) {
    const must = judged ? `needs ${MOVE_ON_CATEGORY}` : `must not hold ${MOVE_ON_CATEGORY}`;
    faults.push(fault('context.contextActivities.category', `${must} where the verb is ${verb} (9.6.2.2)`));
  }
  return faults;
}
