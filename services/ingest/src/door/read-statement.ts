import { type EventLog, type Position } from '@pharos/event-log';
import { type FactNamed, readFact } from '@pharos/facts';
import { type Vault } from '@pharos/vault';
import {
  type Agent,
  answeredStatement,
  type IdentifiedActor,
  type Json,
  restoreActors,
  type Statement,
  type TokenisedStatement,
  tokensOf,
  VOIDED_VERB,
  withUnsealed,
} from '@pharos/xapi';
import { type ExactNumber, withExactNumbers } from '../json/exact-numbers.js';
import { claimId, voidClaimId } from './statement-facts.js';

export interface ReadOptions {
  /** Whether the reader may see who people are and what they wrote, by the credential that sent the statement. */
  readonly withIdentities: (credential: string) => boolean;
  /** Whether the reader may see it at all, likewise; a statement that they may not see is not there for them. */
  readonly mayRead: (credential: string) => boolean;
  /** `voided` finds only statements that were taken back, `standing` only those that were not. */
  readonly which: 'standing' | 'voided';
}

export interface ReadStatement {
  /** As the log holds it. */
  readonly logged: LoggedStatement;
  readonly statement: Statement;
  /** Whose identities it shows: to be recorded as `IdentityRead`. Empty where none were put back. */
  readonly shows: readonly string[];
}

/** Where an account stands for a token: what readers get who may not see identities. */
export const TOKEN_HOME = 'https://pharos.dev/xapi/tokens';
/** `authority` is the credential that sent a statement, as an account of this home page. */
export const CREDENTIAL_HOME = 'https://pharos.dev/xapi/credentials';
/** Stands in the place of sealed text for readers who may not see it, and after an erasure. Valid wherever an IRI has to be. */
export const SEALED_TEXT = 'urn:pharos:sealed';

type Recorded = FactNamed<'StatementRecorded'>['data'];

/** What a reader needs: the log, and the vault to put people back. */
export interface Reading {
  readonly log: EventLog;
  readonly vault: Vault;
}

/** A statement as the log holds it. */
export interface LoggedStatement {
  readonly id: string;
  readonly recordedAt: string;
  readonly data: Recorded;
}

/**
 * One statement by its id, from the position of its claim: equal as JSON to what was sent, with what the store sets.
 *
 * Cost: two claims, one chunk of the log, one call to the vault.
 *
 * @returns undefined where there is none, or it does not stand as asked
 */
export async function readStatement(
  { log, vault }: Reading,
  tenant: string,
  id: string,
  { withIdentities, mayRead, which }: ReadOptions,
): Promise<ReadStatement | undefined> {
  const [claim, voided] = await Promise.all([log.findClaim(tenant, claimId(id)), log.findClaim(tenant, voidClaimId(id))]);
  if (!claim) return undefined;
  const logged = await statementAt(log, claim.position);
  if (logged === undefined) return undefined;
  const { data } = logged;
  // A voiding statement cannot be voided, whatever was sent.
  const stands = voided === undefined || data.verb === VOIDED_VERB;
  if (stands !== (which === 'standing') || !mayRead(data.credential)) return undefined;
  const [answered] = await answerStatements(vault, tenant, [logged], withIdentities);
  return answered;
}

/** The statement at a position; undefined where something else stands there. @throws Error for what is no fact at all */
export async function statementAt(log: Pick<EventLog, 'read'>, position: Position): Promise<LoggedStatement | undefined> {
  const [stored] = await log.read(position.topic, position.partition, position.offset, { maxFacts: 1 });
  const read = readFact(stored?.stored);
  if (!read.ok) throw new Error(`the log at ${position.topic}/${position.partition}/${position.offset}: ${read.reason}`);
  return read.fact.type === 'StatementRecorded' ? { id: read.fact.id, recordedAt: stored!.recordedAt, data: read.fact.data } : undefined;
}

/**
 * Statements as a reader gets them, people put back where the reader may see them. One call to the vault for all.
 *
 * @returns in the order given
 */
export async function answerStatements(
  vault: Vault,
  tenant: string,
  statements: readonly LoggedStatement[],
  withIdentities: (credential: string) => boolean,
): Promise<readonly ReadStatement[]> {
  const shown = statements.filter(({ data }) => withIdentities(data.credential));
  const people = await peopleOf(vault, tenant, shown);
  return statements.map((logged) => {
    const { data, recordedAt } = logged;
    const isShown = withIdentities(data.credential);
    const opened = isShown ? withPeople(people, data) : withTokens(data);
    const statement = answeredStatement(opened as never, recordedAt, opened.authority ?? authorityOf(data.credential));
    return {
      logged,
      statement: isShown ? withExactNumbers(statement, numbersOf(people, data)) : statement,
      shows: isShown ? tokensOf(data.statement as unknown as TokenisedStatement) : [],
    };
  });
}

export function authorityOf(credential: string): Agent {
  return { objectType: 'Agent', account: { homePage: CREDENTIAL_HOME, name: credential } };
}

interface Opened {
  readonly agents: ReadonlyMap<string, unknown>;
  /** Sealed text to its JSON; null after an erasure. */
  readonly texts: ReadonlyMap<string, string | null>;
}

async function peopleOf(vault: Vault, tenant: string, statements: readonly LoggedStatement[]): Promise<Opened> {
  const variants = new Set<string>();
  const sealed = new Map<string, string>();
  for (const { data } of statements) {
    if (data.exactNumbers !== undefined) sealed.set(data.exactNumbers, data.learner);
    const logged = data.statement as unknown as TokenisedStatement;
    restoreActors(logged, (token, variant) => {
      variants.add(variant);
      return tokenAccount(token);
    });
    withUnsealed(logged, (text) => {
      sealed.set(text, data.learner);
      return null;
    });
  }
  const asked = [...sealed].map(([text, learner]) => ({ learner, text }));
  const [agents, texts] = await Promise.all([
    variants.size === 0 ? new Map<string, unknown>() : vault.variants(tenant, [...variants]),
    asked.length === 0 ? [] : vault.unseal(tenant, asked),
  ]);
  return { agents, texts: new Map(asked.map(({ text }, index) => [text, texts[index] ?? null])) };
}

/** None after an erasure: then the nearest double stands there. */
function numbersOf({ texts }: Opened, { exactNumbers }: Recorded): readonly ExactNumber[] {
  const json = exactNumbers === undefined ? undefined : texts.get(exactNumbers);
  return typeof json === 'string' ? (JSON.parse(json) as readonly ExactNumber[]) : [];
}

function withPeople({ agents, texts }: Opened, { statement }: Recorded): Statement {
  const unsealed = withUnsealed(statement as unknown as TokenisedStatement, (text) => {
    const json = texts.get(text);
    return typeof json === 'string' ? (JSON.parse(json) as Json) : SEALED_TEXT;
  });
  return restoreActors(unsealed, (token, variant) => (agents.get(variant) as IdentifiedActor | undefined) ?? tokenAccount(token));
}

function withTokens({ statement }: Recorded): Statement {
  const unsealed = withUnsealed(statement as unknown as TokenisedStatement, () => SEALED_TEXT);
  return restoreActors(unsealed, tokenAccount);
}

const tokenAccount = (token: string): IdentifiedActor => ({ objectType: 'Agent', account: { homePage: TOKEN_HOME, name: token } });
