import { type EventLog } from '@pharos/event-log';
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

/**
 * One statement by its id, from the position of its claim: equal as JSON to what was sent, with what the store sets.
 *
 * Cost: two claims, one chunk of the log, one call to the vault.
 *
 * @returns undefined where there is none, or it does not stand as asked
 */
export async function readStatement(
  { log, vault }: { readonly log: EventLog; readonly vault: Vault },
  tenant: string,
  id: string,
  { withIdentities, mayRead, which }: ReadOptions,
): Promise<ReadStatement | undefined> {
  const [claim, voided] = await Promise.all([log.findClaim(tenant, claimId(id)), log.findClaim(tenant, voidClaimId(id))]);
  if (!claim) return undefined;
  const { position, recordedAt } = claim;
  const [stored] = await log.read(position.topic, position.partition, position.offset, { maxFacts: 1 });
  const read = readFact(stored?.stored);
  if (!read.ok) throw new Error(`the log at ${position.topic}/${position.partition}/${position.offset}: ${read.reason}`);
  if (read.fact.type !== 'StatementRecorded') return undefined;
  const { data } = read.fact;
  // A voiding statement cannot be voided, whatever was sent.
  const stands = voided === undefined || data.verb === VOIDED_VERB;
  if (stands !== (which === 'standing') || !mayRead(data.credential)) return undefined;
  const shown = withIdentities(data.credential);
  const opened = shown ? await withPeople(vault, tenant, data) : withTokens(data);
  return {
    statement: answeredStatement(opened as never, recordedAt, authorityOf(data.credential)),
    shows: shown ? tokensOf(data.statement as unknown as TokenisedStatement) : [],
  };
}

export function authorityOf(credential: string): Agent {
  return { objectType: 'Agent', account: { homePage: CREDENTIAL_HOME, name: credential } };
}

async function withPeople(vault: Vault, tenant: string, { statement, learner }: Recorded): Promise<Statement> {
  const logged = statement as unknown as TokenisedStatement;
  const variants: string[] = [];
  restoreActors(logged, (token, variant) => {
    variants.push(variant);
    return tokenAccount(token);
  });
  const sealed: string[] = [];
  withUnsealed(logged, (text) => {
    sealed.push(text);
    return null;
  });
  const [agents, texts] = await Promise.all([
    vault.variants(tenant, [...new Set(variants)]),
    vault.unseal(
      tenant,
      sealed.map((text) => ({ learner, text })),
    ),
  ]);
  const open = new Map(sealed.map((text, index) => [text, texts[index]]));
  const unsealed = withUnsealed(logged, (text) => {
    const json = open.get(text);
    return typeof json === 'string' ? (JSON.parse(json) as Json) : SEALED_TEXT;
  });
  return restoreActors(unsealed, (token, variant) => (agents.get(variant) as IdentifiedActor | undefined) ?? tokenAccount(token));
}

function withTokens({ statement }: Recorded): Statement {
  const unsealed = withUnsealed(statement as unknown as TokenisedStatement, () => SEALED_TEXT);
  return restoreActors(unsealed, tokenAccount);
}

const tokenAccount = (token: string): IdentifiedActor => ({ objectType: 'Agent', account: { homePage: TOKEN_HOME, name: token } });
