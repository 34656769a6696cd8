import {
  activityKey,
  agentKey,
  ANY_KEY,
  actorIdentifier,
  type Actor,
  credentialKey,
  isIdentified,
  isIri,
  registrationKey,
  relatedActivityKey,
  relatedAgentKey,
  validateActor,
  verbKey,
  type XapiVersion,
} from '@pharos/xapi';
import { type Vault } from '@pharos/vault';
import { CREDENTIAL_HOME, TOKEN_HOME } from '../door/read-statement.js';
import { type Find, type Keys } from '../records/find.js';
import { BadParameter, booleanOf, type Parameters, timestampOf, uuidOf } from './parameters.js';
import { utcInstant } from '../door/moments.js';

export const QUERY_PARAMETERS = [
  'agent', 'verb', 'activity', 'registration', 'related_activities', 'related_agents', 'since', 'until', 'limit', 'format',
  'attachments', 'ascending',
] as const; // prettier-ignore
export type QueryParameters = Parameters<(typeof QUERY_PARAMETERS)[number]>;

export const FORMATS = ['ids', 'exact', 'canonical'] as const;
export type Format = (typeof FORMATS)[number];

/** Statements on one page where nothing is said, and at most. */
const MOST = 100;

/** @throws BadParameter */
export function formatOf(value: string | undefined): Format {
  const format = FORMATS.find((known) => known === (value ?? 'exact'));
  if (format === undefined) throw new BadParameter(`The parameter format must be one of ${FORMATS.join(', ')}.`);
  return format;
}

/** @throws BadParameter. Zero means as many as the server gives. */
function limitOf(value: string | undefined): number {
  if (value !== undefined && !/^\d{1,15}$/.test(value)) throw new BadParameter('The parameter limit must be a whole number from 0.');
  const limit = Number(value ?? '0');
  return limit === 0 ? MOST : Math.min(limit, MOST);
}

/** @throws BadParameter for text that is no JSON, or no agent. `path` of errors begins with `agent`. */
export function actorOf(name: string, value: string, version: XapiVersion): Actor {
  let actor: unknown;
  try {
    actor = JSON.parse(value);
  } catch {
    throw new BadParameter(`The parameter ${name} must be JSON.`);
  }
  const [error] = validateActor(actor, version, name);
  if (error) throw new BadParameter(`The parameter ${name} is no agent: ${error.path} ${error.message}.`);
  if (!isIdentified(actor as Actor)) throw new BadParameter(`The parameter ${name} must be an agent or group with an identifier.`);
  return actor as Actor;
}

function iriOf(name: string, value: string): string {
  if (!isIri(value)) throw new BadParameter(`The parameter ${name} must be an IRI.`);
  return value;
}

/**
 * What a query of the statement resource asks for, as keys. The filters that name fewest statements come first.
 *
 * @throws BadParameter (xAPI 1.0.3, part three, 2.1.3)
 */
export async function findOf(vault: Vault, tenant: string, version: XapiVersion, query: QueryParameters): Promise<Omit<Find, 'own'>> {
  const filters: Keys[] = [];
  const relatedAgents = booleanOf('related_agents', query.related_agents);
  const relatedActivities = booleanOf('related_activities', query.related_activities);
  if (query.registration !== undefined) filters.push([registrationKey(uuidOf('registration', query.registration))]);
  if (query.agent !== undefined) filters.push(await agentKeys(vault, tenant, actorOf('agent', query.agent, version), relatedAgents));
  if (query.activity !== undefined) {
    const iri = iriOf('activity', query.activity);
    filters.push(relatedActivities ? [activityKey(iri), relatedActivityKey(iri)] : [activityKey(iri)]);
  }
  if (query.verb !== undefined) filters.push([verbKey(iriOf('verb', query.verb))]);
  const [first = [ANY_KEY], ...others] = filters;
  const since = timestampOf('since', query.since, version);
  const until = timestampOf('until', query.until, version);
  return {
    filters: [first, ...others],
    // Cut to the milliseconds of `stored`: what is later than the rest of them is later than the cut, too.
    ...(since !== undefined && { since: utcInstant(since) }),
    ...(until !== undefined && { until: utcInstant(until) }),
    ascending: booleanOf('ascending', query.ascending),
    limit: limitOf(query.limit),
  };
}

/** Accounts that this store itself answers with, of tokens and of credentials, may be asked for like any other. */
async function agentKeys(vault: Vault, tenant: string, actor: Actor, related: boolean): Promise<Keys> {
  const { account } = actor;
  const tokens = account?.homePage === TOKEN_HOME ? [account.name] : await vault.aliases(tenant, actorIdentifier(actor));
  const keys = tokens.flatMap((token) => (related ? [agentKey(token), relatedAgentKey(token)] : [agentKey(token)]));
  if (related && account?.homePage === CREDENTIAL_HOME) keys.push(credentialKey(account.name));
  // Nobody has this token: an agent that was never seen has no statements.
  return keys.length > 0 ? keys : [agentKey('')];
}
