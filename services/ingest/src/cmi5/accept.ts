import { type Cmi5Session, type Cmi5Sessions } from '@pharos/registry';
import { actorIdentifier, isIdentified, type Statement, type StatementError } from '@pharos/xapi';
import { type DocumentPlace } from '../documents/document-store.js';
import { type Accepted, type StatementBatch } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { validate } from '../door/refusals.js';
import { problem, type Problem } from '../http/problem.js';
import { type Caller } from '../http/reply.js';
import { Turns } from '../roster/turns.js';
import { statementFaults } from './rules.js';
import { judgeInSession } from './session-rules.js';
import { LAUNCH_DATA } from './vocabulary.js';

/** How a caller's batch goes through the door. */
export type Accept = (caller: Caller, batch: StatementBatch) => Promise<Accepted>;

/** A unit that was launched here always is; a platform that sends for its own units, where its key says so. */
export const isHeldToCmi5 = ({ session, credential }: Pick<Caller, 'session' | 'credential'>): boolean =>
  session !== undefined || credential.settings?.cmi5 === true;

/**
 * Statements through the door, held to the rules of cmi5 where the caller is. Statements of one session are judged one
 * request after the other, because what may be said goes by what was; one that is already stored is the door's to compare.
 */
export function acceptance(door: Door, sessionsOf: ((tenant: string) => Cmi5Sessions) | undefined): Accept {
  const turns = new Turns();
  return async (caller, batch) => {
    if (!isHeldToCmi5(caller)) return door.acceptStatements(batch);
    const refused = validate(batch);
    if (refused) return { ok: false, refused };
    const alone = batch.statements.flatMap((statement, index) => blame(batch, index, statementFaults(statement as Statement)));
    if (alone.length > 0) return refusal(alone);
    const { session } = caller;
    if (session === undefined || sessionsOf === undefined) return door.acceptStatements(batch);
    return turns.take(session.session, () => inSession(door, sessionsOf(session.tenant), session.session, batch));
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

async function inSession(door: Door, sessions: Cmi5Sessions, id: string, batch: StatementBatch): Promise<Accepted> {
  const session = (await sessions.find(id))!;
  const before = await sessions.saidBefore(session);
  const blamed: Blamed[] = [];
  let here = session.verbs;
  for (const [index, sent] of batch.statements.entries()) {
    const statement = sent as Statement;
    if (statement.id !== undefined && (await door.log.findClaim(batch.tenant, statement.id.toLowerCase()))) continue;
    const judged = judgeInSession(statement, session, await isLearner(door, session, statement), { here, before });
    if (judged.ok) here = judged.here;
    else blamed.push(...blame(batch, index, judged.errors));
  }
  if (blamed.length > 0) return refusal(blamed);
  const accepted = await door.acceptStatements(batch);
  const said = here.slice(session.verbs.length);
  if (accepted.ok && said.length > 0) await sessions.said(id, said, said.includes('terminated'));
  return accepted;
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
