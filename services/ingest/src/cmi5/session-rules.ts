import { type Cmi5Session } from '@pharos/registry';
import { type Statement, type StatementError } from '@pharos/xapi';
import { isCmi5Defined } from './rules.js';
import { type Cmi5Verb, cmi5VerbOf, CONTEXT, OF_UNITS } from './vocabulary.js';

/** What was said before: in this session, in order, and in others of the same unit, registration and learner. */
export interface Said {
  readonly here: readonly string[];
  readonly before: readonly string[];
}

export type Judged =
  /** The verbs that the session has said once this statement is stored. */
  { readonly ok: true; readonly here: readonly string[] } | { readonly ok: false; readonly errors: readonly StatementError[] };

/**
 * Whether a unit may say a statement now, in the session that it was launched in.
 *
 * Source: cmi5, Quartz 1st edition, 9.3 (order of verbs), 9.4 (object), 9.5.1 (mastery score), 9.6 (context), 10 (launch mode).
 *
 * @param isLearner whether the actor is the learner of the session
 */
export function judgeInSession(statement: Statement, session: Cmi5Session, isLearner: boolean, said: Said): Judged {
  const errors: StatementError[] = [];
  const wrong = (path: string, message: string) => void errors.push({ path, message });
  if (!isLearner) wrong('actor', 'is not the learner for whom the unit was launched (9.2)');
  if (statement.context?.registration?.toLowerCase() !== session.registration)
    wrong('context.registration', 'is not the registration of the launch (9.6.1)');
  if (statement.context?.extensions?.[CONTEXT.sessionId] !== session.session)
    wrong('context.extensions', `needs the session of the launch as ${CONTEXT.sessionId} (9.6.3.1)`);
  const verb = isCmi5Defined(statement) ? cmi5VerbOf(statement.verb.id) : undefined;
  if (session.endedAt !== null || said.here.includes('terminated')) wrong('verb.id', 'comes after the end of the session (9.3.6, 9.3.8)');
  else if (verb === undefined && !said.here.includes('initialized'))
    wrong('verb.id', 'comes before initialized, which is the first (9.3.2)');
  else if (verb !== undefined) for (const [path, message] of verbFaults(statement, verb, session, said)) wrong(path, message);
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, here: verb === undefined ? said.here : [...said.here, verb] };
}

function verbFaults(
  statement: Statement,
  verb: Cmi5Verb,
  { activity, launch }: Cmi5Session,
  { here, before }: Said,
): readonly (readonly [string, string])[] {
  if (!OF_UNITS.includes(verb)) return [['verb.id', `${verb} is for the learning management system to say (9.3)`]];
  const faults: (readonly [string, string])[] = [];
  const { object, result } = statement;
  if (!('id' in object) || object.id !== activity) faults.push(['object.id', 'is not the activity of the launch (9.4)']);
  if (verb !== 'initialized' && !here.includes('initialized'))
    faults.push(['verb.id', `${verb} comes before initialized, which is the first (9.3.2)`]);
  if (here.includes(verb)) faults.push(['verb.id', `${verb} was said before in this session (9.3)`]);
  if ((verb === 'completed' || verb === 'passed') && before.includes(verb))
    faults.push(['verb.id', `${verb} was said before in this registration (9.3)`]);
  if (verb === 'failed' && (before.includes('passed') || here.includes('passed')))
    faults.push(['verb.id', 'failed must not follow passed in one registration (9.3)']);
  if (verb === 'passed' && here.includes('failed')) faults.push(['verb.id', 'a session says one of passed and failed (9.3)']);
  if (launch.launchMode !== 'Normal' && verb !== 'initialized' && verb !== 'terminated')
    faults.push(['verb.id', `${verb} must not be said where the launch mode is ${launch.launchMode} (10)`]);
  const scaled = result?.score?.scaled;
  const { masteryScore } = launch;
  if (masteryScore === undefined || scaled === undefined) return faults;
  if (verb === 'passed' && scaled < masteryScore)
    faults.push(['result.score.scaled', `is below the mastery score of ${masteryScore} (9.3.4)`]);
  if (verb === 'failed' && scaled >= masteryScore)
    faults.push(['result.score.scaled', `reaches the mastery score of ${masteryScore} (9.3.5)`]);
  if (statement.context?.extensions?.[CONTEXT.masteryScore] !== masteryScore)
    faults.push(['context.extensions', `needs the mastery score of the launch as ${CONTEXT.masteryScore} (9.6.3.2)`]);
  return faults;
}
