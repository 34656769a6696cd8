import { type Claimed } from '@pharos/event-log';
import { type FactNamed, type NewFact } from '@pharos/facts';
import {
  type Activity,
  activityKind,
  type Context,
  gradeInteraction,
  isActivity,
  type PreparedStatement,
  type Result,
  type TokenisedStatement,
  verbKind,
  VOIDED_VERB,
  type XapiVersion,
} from '@pharos/xapi';
import { VOID_HASH } from './claim-of.js';
import { AMOUNT_EXTENSION } from './extensions.js';
import { type GradeByKey } from './grade-by-key.js';
import { durationSeconds, utcInstant } from './moments.js';

/** A statement that has passed every step before the log. */
export interface Ready {
  readonly statement: PreparedStatement;
  /** What stands in the log: agents swapped, open text sealed. */
  readonly logged: TokenisedStatement;
  readonly learner: string;
  readonly hash: string;
  /** Numbers that a double does not hold, as sealed JSON. */
  readonly exactNumbers?: string;
  /** What the catalogue's key of its item says of its answer. */
  readonly byKey?: GradeByKey | undefined;
}

export interface Sending {
  readonly tenant: string;
  readonly credential: string;
  readonly version: XapiVersion;
  /** Whether the sender may say what activities are (scope `define`). */
  readonly defines: boolean;
  readonly now: string;
}

type Recorded = FactNamed<'StatementRecorded'>['data'];
type Graded = Pick<Recorded, 'durationSeconds' | 'scaled' | 'correct' | 'credit' | 'ungraded'>;

/** A statement's claim is its id; UUIDs are the same in either case. */
export const claimId = (statementId: string) => statementId.toLowerCase();

/** Who voids first takes the claim; every later void of the same target says the same again. Reading looks here. */
export const voidClaimId = (target: string) => `voided:${claimId(target)}`;

/**
 * The facts of one statement: itself, and the void if it takes another back.
 *
 * @param knownAt for imports of history
 */
export function factsOf(sending: Sending, ready: Ready, knownAt?: string): readonly Claimed[] {
  const { tenant, now } = sending;
  const { statement, learner, hash } = ready;
  const id = claimId(statement.id);
  const occurredAt = statement.timestamp === undefined ? now : utcInstant(statement.timestamp);
  const envelope = { tenant, key: learner, version: 1, occurredAt, ...(knownAt !== undefined && { knownAt }) } as const;
  const recorded: NewFact = { ...envelope, id, type: 'StatementRecorded', data: recordedData(sending, ready) };
  const claimed: Claimed = { fact: recorded, claim: { tenant, id, hash } };
  const target = refersTo(statement);
  if (statement.verb.id !== VOIDED_VERB || target === undefined) return [claimed];
  const voidId = voidClaimId(target);
  const voided: NewFact = { ...envelope, id: voidId, type: 'StatementVoided', data: { target: claimId(target), voider: id } };
  return [claimed, { fact: voided, claim: { tenant, id: voidId, hash: VOID_HASH } }];
}

function recordedData(
  { credential, version, defines }: Sending,
  { statement, logged, learner, hash, exactNumbers, byKey }: Ready,
): Recorded {
  const { object, result, context } = statement;
  const target = refersTo(statement);
  const graded = result === undefined ? {} : gradedParts(isActivity(object) ? object : undefined, result, byKey);
  return {
    statement: logged,
    xapi: version,
    hash,
    credential,
    learner,
    verb: text((logged.verb as { id: unknown }).id),
    ...activityOf(logged.object, isActivity(object)),
    kind: activityKind(statement),
    action: verbKind(statement),
    context: contextIris(logged.context as Context | undefined),
    ...(context?.registration !== undefined && { registration: context.registration.toLowerCase() }),
    amount: amountOf(result),
    ...graded,
    ...(target !== undefined && { refersTo: claimId(target) }),
    ...(exactNumbers !== undefined && { exactNumbers }),
    ...(!defines && { defines }),
  };
}

/** Read from what is logged: an address that names somebody is sealed there and must not stand beside it. */
function activityOf(logged: unknown, isAbout: boolean): { activity: string; activityType: string } {
  if (!isAbout) return { activity: '', activityType: '' };
  const { id, definition } = logged as { id: unknown; definition?: { type?: unknown } };
  return { activity: text(id), activityType: text(definition?.type) };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function contextIris(context: Context | undefined): string[] {
  const activities = context?.contextActivities;
  if (activities === undefined) return [];
  return [activities.grouping, activities.parent].flatMap((listed) => {
    if (listed === undefined) return [];
    const list = 'id' in listed ? [listed] : listed;
    return list.map(({ id }) => text(id)).filter((id) => id !== '');
  });
}

function amountOf(result: Result | undefined): number {
  const amount = result?.extensions?.[AMOUNT_EXTENSION];
  return typeof amount === 'number' && amount >= 0 ? amount : 1;
}

function gradedParts(activity: Activity | undefined, result: Result, byKey: GradeByKey | undefined): Graded {
  const seconds = result.duration === undefined ? undefined : durationSeconds(result.duration);
  const scaled = scaledScore(result.score);
  return {
    ...(seconds !== undefined && { durationSeconds: seconds }),
    ...(scaled !== undefined && { scaled }),
    ...(byKey ?? gradeOf(activity, result)),
  };
}

/** A platform's own judgement stands above ours: it is asked first. */
function gradeOf(activity: Activity | undefined, { success, response }: Result): Pick<Recorded, 'correct' | 'credit' | 'ungraded'> {
  if (success !== undefined) return { correct: success };
  if (activity?.definition?.interactionType === undefined || response === undefined) return {};
  const grade = gradeInteraction(activity.definition, response);
  return 'correct' in grade ? { correct: grade.correct, credit: grade.share } : { ungraded: grade.ungradable };
}

/** As sent; else raw between min (0 where missing) and max. Undefined where no scale is known. */
function scaledScore(score: Result['score']): number | undefined {
  if (score?.scaled !== undefined) return score.scaled;
  if (score?.raw === undefined || score.max === undefined) return undefined;
  const min = score.min ?? 0;
  if (score.max <= min || score.raw < min || score.raw > score.max) return undefined;
  return (score.raw - min) / (score.max - min);
}

function refersTo({ object }: PreparedStatement): string | undefined {
  return object.objectType === 'StatementRef' ? object.id : undefined;
}
