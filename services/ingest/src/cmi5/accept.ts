import { type Cmi5Session, type Saying } from '@pharos/registry';
import { actorIdentifier, isIdentified, type Statement, type StatementError } from '@pharos/xapi';
import { type DocumentPlace } from '../documents/document-store.js';
import { type Accepted, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { validate } from '../door/refusals.js';
import { problem, type Problem } from '../http/problem.js';
import { ownErrors } from '../door/lenient.js';
import { claimId } from '../door/statement-facts.js';
import { type Caller } from '../http/reply.js';
import { type Learner } from './lms-statements.js';
import { type Cmi5Tables, type Registrations } from './registrations.js';
import { statementFaults } from './rules.js';
import { judgeInSession } from './session-rules.js';
import { LAUNCH_DATA } from './vocabulary.js';

/** How a caller's batch goes through the door. */
export type Accept = (caller: Caller, batch: StatementBatch) => Promise<Accepted>;

/** A unit that was launched here always is; a platform that sends for its own units, where its key says so. */
export const isHeldToCmi5 = ({ session, credential }: Pick<Caller, 'session' | 'credential'>): boolean =>
  session !== undefined || credential.settings?.cmi5 === true;

/** What acceptance of the statements of launched units goes by. */
export interface Held {
  readonly registrations: Registrations;
  readonly tables: Cmi5Tables;
}

/**
 * Statements through the door, held to the rules of cmi5 where the caller is. Statements of one registration are judged one
 * request after the other, because what may be said goes by what was; one that is already stored is the door's to compare.
 */
export function acceptance(door: Door, held: Held | undefined): Accept {
  return async (caller, batch) => {
    if (!isHeldToCmi5(caller)) return door.acceptStatements(batch);
    const refused = validate(batch);
    if (refused) return { ok: false, refused };
    const alone = batch.statements.flatMap((statement, index) => blame(batch, index, statementFaults(statement as Statement)));
    if (alone.length > 0) return refusal(alone);
    const { session } = caller;
    if (session === undefined || held === undefined) return door.acceptStatements(batch);
    return held.registrations.inTurn(session.tenant, session.registration, () => inSession(door, held, session.session, batch));
  };
}

interface Blamed {
  readonly index: number;
  readonly error: StatementError;
}

const blame = ({ alone }: StatementBatch, index: number, errors: readonly StatementError[]): readonly Blamed[] =>
  errors.map(({ path, message }) => ({ index, error: { path: alone ? path : `[${index}].${path}`, message } }));

function refusal(blamed: readonly Blamed[]): Accepted {
  const detail = 'The rules of cmi5 are broken. Nothing was stored.';
  const statements = [...new Set(blamed.map(({ index }) => index))];
  return { ok: false, refused: { step: 'validate', status: 400, detail, errors: blamed.map(({ error }) => error), statements } };
}

async function inSession(door: Door, { registrations, tables }: Held, id: string, batch: StatementBatch): Promise<Accepted> {
  const sessions = tables.sessions(batch.tenant);
  const session = await registrations.session(batch.tenant, id);
  const before = await sessions.saidBefore(session);
  const blamed: Blamed[] = [];
  const saying: Saying[] = [];
  let here = session.verbs;
  let decisive: Statement | undefined;
  for (const [index, sent] of batch.statements.entries()) {
    const statement = sent as Statement;
    if (statement.id !== undefined && (await door.log.findClaim(batch.tenant, claimId(statement.id)))) continue;
    const judged = judgeInSession(statement, session, await isLearner(door, session, statement), { here, before });
    if (!judged.ok) blamed.push(...blame(batch, index, judged.errors));
    else if (judged.here !== here) {
      const verb = judged.here.at(-1)!;
      saying.push({ id: statement.id!, verb });
      if (DECISIVE.includes(verb)) decisive = statement;
      here = judged.here;
    }
  }
  if (blamed.length > 0) return refusal(blamed);
  const verbs = saying.map(({ verb }) => verb);
  const owed = decisive
    ? await registrations.owed(batch.tenant, session.registration, { ...tellingOf(decisive), session: id }, { session: id, verbs })
    : [];
  if (saying.length > 0) await sessions.says(id, saying);
  const accepted = await acceptWith(door, batch, owed);
  if (accepted.ok) await sessions.said(id, verbs, verbs.includes('terminated'));
  else if (saying.length > 0) await sessions.says(id, []);
  return accepted;
}

/** What a unit's moveOn may ask for (13.1.4). */
const DECISIVE: readonly string[] = ['passed', 'completed'];

/** What a block is satisfied by is told of the learner as the unit told of them, at the time that the unit gave. */
const tellingOf = ({ actor, timestamp }: Statement): { readonly learner: Learner; readonly at: Date } => ({
  learner: actor as Learner,
  at: new Date(timestamp!),
});

/** Statements together with those that they bring about; the answer tells of the former. */
async function acceptWith(door: Door, batch: StatementBatch, owed: readonly Statement[]): Promise<Accepted> {
  if (owed.length === 0) return door.acceptStatements(batch);
  const sent = batch.statements.length;
  const accepted = await door.acceptStatements({ ...batch, alone: false, statements: [...batch.statements, ...owed] });
  if (accepted.ok) return { ...accepted, ids: accepted.ids.slice(0, sent), results: accepted.results.slice(0, sent) };
  const { refused } = accepted;
  // Another door said it at the same moment.
  if (refused.step === 'claim' && refused.statements.every((index) => index >= sent)) return door.acceptStatements(batch);
  return batch.alone ? { ok: false, refused: { ...refused, errors: ownErrors(refused.errors, 0) } } : accepted;
}

async function isLearner({ vault }: Door, { tenant, learner }: Cmi5Session, { actor }: Statement): Promise<boolean> {
  return isIdentified(actor) && (await vault.firstToken(tenant, actorIdentifier(actor))) === learner;
}

/** The 403 for documents that are not of the unit's learner or activity, and for a change of how it was launched (10). */
export function refuseOutside(session: Cmi5Session, place: DocumentPlace, id: string | undefined, write: boolean): Problem | undefined {
  if (place.learner !== undefined && place.learner !== session.learner)
    return problem(403, 'A unit keeps documents of the learner for whom it was launched, and of nobody else.');
  if (place.activity !== undefined && place.activity !== session.activity)
    return problem(403, 'A unit keeps documents of the activity that it was launched as.');
  if (write && place.kind === 'state' && (id === undefined || id === LAUNCH_DATA))
    return problem(403, `A unit must not change or delete ${LAUNCH_DATA}; delete other documents one by one.`);
  return undefined;
}
