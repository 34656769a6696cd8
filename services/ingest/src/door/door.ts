import { createSecretKey, type KeyObject } from 'node:crypto';
import { grants } from '@pharos/contract';
import { type Claimed, type ClaimResult, type EventLog, LogUnavailable } from '@pharos/event-log';
import { type Vault } from '@pharos/vault';
import { comparableHash, type PreparedStatement, prepareStatement, replaceActors, type Statement } from '@pharos/xapi';
import { type AttachmentHomes } from '../attachments/attachment-store.js';
import { keepAttachments, refuseAttachments } from '../attachments/take-attachments.js';
import { type Accepted, type Refusal, type StatementBatch } from './batch.js';
import { gradesByKey, type MarkAnswers } from './grade-by-key.js';
import { InFlight } from './in-flight.js';
import { type People, tokensOfPeople } from './people.js';
import { claimConflict, logRefusal, refuseUnlessAllowed, validate } from './refusals.js';
import { sealNumbers } from './seal-numbers.js';
import { sealOpenText } from './seal-open-text.js';
import { factsOf, type Ready } from './statement-facts.js';
import { withStandingTimestamp } from './store-set-timestamp.js';

/** What statements need on their way into the log: all that a thread of its own has to have. */
export interface EntryOptions {
  /** Where it can also be read, a resend with the timestamp that the store had set is known as such. */
  readonly log: Pick<EventLog, 'appendClaimed'> & Partial<Pick<EventLog, 'findClaim' | 'read'>>;
  readonly vault: Pick<Vault, 'tokensFor' | 'seal' | 'sealForTenant' | 'hashKey'>;
  readonly now: () => Date;
  /** Makes a UUID for a statement that was sent without id. */
  readonly newId: () => string;
  /** Where raw contents of attachments are kept; without it a batch may bring none. */
  readonly attachments?: AttachmentHomes;
  /** How open answers to items of the catalogue are marked; without it they are graded by what their statement states. */
  readonly markAnswers?: MarkAnswers;
}

export interface DoorOptions extends EntryOptions {
  readonly log: EventLog;
  readonly vault: Vault;
}

/** The only way for statements into the log. */
export interface Entry extends EntryOptions {
  /**
   * Takes a batch whole or not at all: authorise → validate → prepare → people → hash → seal → facts → claim and append.
   *
   * What is answered as taken is durable. Never throws for what a sender did, nor for a log that cannot take it now.
   */
  acceptStatements(batch: StatementBatch): Promise<Accepted>;
  /** Every statement stored before this moment can be read by its id. */
  consistentThrough(): string;
  /** An append of statements that came another way, such as from a thread that imports: `consistentThrough` waits for it too. */
  whileAppending<T>(append: () => Promise<T>): Promise<T>;
}

export type Door = Entry & DoorOptions;

export function createDoor<Options extends EntryOptions>(options: Options): Entry & Options {
  const { log, vault, now } = options;
  const inFlight = new InFlight(now);
  const hashKeys = new Map<string, KeyObject>();

  /** As a key object, because an HMAC with raw bytes lays them out each time. One small key per tenant. */
  async function hashKeyOf(tenant: string): Promise<KeyObject> {
    let key = hashKeys.get(tenant);
    if (key === undefined) hashKeys.set(tenant, (key = createSecretKey(await vault.hashKey(tenant))));
    return key;
  }

  async function acceptStatements(batch: StatementBatch): Promise<Accepted> {
    const { tenant } = batch;
    const refused = refuseUnlessAllowed(batch) ?? validate(batch);
    if (refused) return { ok: false, refused };
    if (batch.statements.length === 0) return { ok: true, ids: [], results: [] };
    const withoutContent = await refuseAttachments(batch, options.attachments !== undefined);
    if (withoutContent) return { ok: false, refused: withoutContent };
    const statements = prepare(batch, options.newId);
    const hashKey = await hashKeyOf(tenant);
    const people = await tokensOfPeople(vault, tenant, hashKey, statements);
    const byKey = await gradesByKey(options.markAnswers, tenant, statements);
    const ready = await sealNumbers(vault, batch, await protect(vault, tenant, hashKey, statements, people));
    if (options.attachments && batch.parts) await keepAttachments(options.attachments, vault, tenant, batch.parts, ready);
    const { credential, scopes } = batch.sender;
    const sending = { tenant, credential, version: batch.version, defines: grants(scopes, 'define'), now: now().toISOString() };
    const facts = ready.map((one, index) =>
      factsOf(sending, byKey.size === 0 ? one : { ...one, byKey: byKey.get(index) }, batch.knownAt?.[index]),
    );
    const sameButForTimestamp = (index: number) => {
      if (log.findClaim === undefined || log.read === undefined) return Promise.resolve(undefined);
      const reading = { findClaim: log.findClaim.bind(log), read: log.read.bind(log) };
      const { firstTokenOf } = people;
      return withStandingTimestamp({ log: reading, firstTokenOf, hashKey }, ready[index]!, facts[index]![0]!);
    };
    return claimAndAppend({ log, inFlight, sameButForTimestamp }, batch, statements, facts);
  }

  return {
    ...options,
    acceptStatements,
    consistentThrough: () => inFlight.consistentThrough(),
    whileAppending: (append) => inFlight.during(append),
  };
}

/**
 * Sets what only the store may: id and version where missing. What it sets itself on reading, the sender's is dropped: the
 * authority is the credential, unless the credential may name another.
 */
function prepare({ statements, version, sender }: StatementBatch, newId: () => string): readonly PreparedStatement[] {
  const mayName = grants(sender.scopes, 'authority/write');
  return (statements as readonly Statement[]).map((statement) => {
    const { authority, stored: _stored, ...sent } = statement;
    return prepareStatement(mayName && authority !== undefined ? { ...sent, authority } : sent, version, newId);
  });
}

/** Swaps people for tokens, hashes the comparable content and seals open text. */
async function protect(
  vault: EntryOptions['vault'],
  tenant: string,
  hashKey: KeyObject,
  statements: readonly PreparedStatement[],
  people: People,
): Promise<readonly Ready[]> {
  const swapped = statements.map((statement) => ({
    statement,
    tokenised: replaceActors(statement, people.tokenOf),
    learner: people.learnerOf(statement.actor),
    hash: comparableHash(statement, people.firstTokenOf, hashKey),
  }));
  const logged = await sealOpenText(vault, tenant, swapped);
  return swapped.map(({ statement, learner, hash }, index) => ({ statement, learner, hash, logged: logged[index]! }));
}

interface Appending {
  readonly log: EntryOptions['log'];
  readonly inFlight: InFlight;
  /** The claim of a statement under the hash that stands, where it differs in nothing but a timestamp that the store set. */
  readonly sameButForTimestamp: (index: number) => Promise<Claimed | undefined>;
}

async function claimAndAppend(
  appending: Appending,
  batch: StatementBatch,
  statements: readonly PreparedStatement[],
  facts: readonly (readonly Claimed[])[],
): Promise<Accepted> {
  const { log, inFlight, sameButForTimestamp } = appending;
  // Statements may have more than one fact: `owners` says whose each is, `first` where a statement's own stands.
  const owners = facts.flatMap((claimed, index) => claimed.map(() => index));
  try {
    const append = await inFlight.during(() => log.appendClaimed(facts.flat()));
    if (append.outcome === 'appended')
      return { ok: true, ids: statements.map(({ id }) => id), results: firstOfEach(append.results, owners) };
    const conflicts = append.conflicts.map((at) => owners[at]!);
    const same = await Promise.all(conflicts.map(sameButForTimestamp));
    if (same.some((claimed) => claimed === undefined)) {
      return { ok: false, refused: claimConflict(batch, conflicts.filter((_, at) => same[at] === undefined)) }; // prettier-ignore
    }
    const resent = facts.map((claimed, index) => {
      const known = same[conflicts.indexOf(index)];
      return known === undefined ? claimed : [known, ...claimed.slice(1)];
    });
    return await claimAndAppend({ ...appending, sameButForTimestamp: () => Promise.resolve(undefined) }, batch, statements, resent);
  } catch (error) {
    if (error instanceof LogUnavailable) return { ok: false, refused: logRefusal(error) satisfies Refusal };
    throw error;
  }
}

const firstOfEach = (results: readonly ClaimResult[], owners: readonly number[]) =>
  results.filter((_, at) => at === 0 || owners[at] !== owners[at - 1]);
