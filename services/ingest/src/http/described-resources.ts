import { actorIdentifier, type Agent, isGroup } from '@pharos/xapi';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { grants } from '@pharos/contract';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { refuseWithout } from './access.js';
import { definitionsOf } from './formats.js';
import { identityRead } from './identity-read.js';
import { BadParameter, needed, parametersOf } from './parameters.js';
import { type Caller, refuse } from './reply.js';
import { sendTagged } from './send-tagged.js';
import { actorOf } from './statements-query.js';
import { isIri } from '@pharos/xapi';

/** `/activities`: the activity with all that was ever said of it, merged (xAPI 1.0.3, part three, 2.5). */
export async function getActivity(
  door: Door,
  store: RecordStore,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refused = refuseWithout(caller.credential, 'activities/read');
  if (refused) return refuse(reply, refused);
  const id = needed('activityId', parametersOf(request, ['activityId']).activityId);
  if (!isIri(id)) throw new BadParameter('The parameter activityId must be an IRI.');
  const definition = (await definitionsOf({ door, store, caller, why: 'GET /xapi/activities' }, [id])).get(id);
  return sendTagged(request, reply, { objectType: 'Activity', id, ...(definition && { definition }) });
}

/**
 * `/agents`: the person behind an agent (part three, 2.4). Whoever may read identities gets all names and identifiers that
 * the vault knows of them; for others it is what they asked with.
 */
export async function getPerson(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { credential, version } = caller;
  const refused = refuseWithout(credential, 'agents/read');
  if (refused) return refuse(reply, refused);
  const asked = actorOf('agent', needed('agent', parametersOf(request, ['agent']).agent), version);
  if (isGroup(asked)) throw new BadParameter('The parameter agent must be an agent, not a group.');
  const { tenant } = credential;
  const identifier = actorIdentifier(asked);
  const known = grants(credential.scopes, 'identities/read') ? ((await door.vault.sentAs(tenant, identifier)) as readonly Agent[]) : [];
  if (known.length > 0)
    await door.log.append([identityRead(door, caller, await door.vault.aliases(tenant, identifier), 'GET /xapi/agents')]);
  return sendTagged(request, reply, personOf([asked, ...known]));
}

/** A person object: each property of the agents as a list without repeats. */
export function personOf(agents: readonly Agent[]): Readonly<Record<string, unknown>> {
  const lists = (['name', 'mbox', 'mbox_sha1sum', 'openid', 'account'] as const).map((key) => {
    const values = agents.map((agent) => agent[key]).filter((value) => value !== undefined);
    return [key, [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]] as const;
  });
  return { objectType: 'Person', ...Object.fromEntries(lists.filter(([, values]) => values.length > 0)) };
}
