import { type FastifyReply, type FastifyRequest } from 'fastify';
import { toldIn } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { answerStatements } from '../door/read-statement.js';
import { exportPage, exportStart, positionText, readPosition } from '../exports/export-page.js';
import { readingRights, refuseWithout } from './access.js';
import { identityRead } from './identity-read.js';
import { BadParameter, parametersOf } from './parameters.js';
import { type Caller, refuse } from './reply.js';

const MOST = 1_000;

/**
 * `/extensions/statements`: all statements of the tenant in the order of storing, taken-back ones included, as NDJSON.
 *
 * `X-Pharos-Position` is where the page ends: `after` goes on from it, today or next week. `Link` with `rel="next"` stands
 * there where there was more already. The specification leaves paths below `extensions/` to stores (part three, 2.0).
 */
export async function getExport(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { credential, version } = caller;
  const refused = refuseWithout(credential, 'statements/read');
  if (refused) return refuse(reply, refused);
  const { after, limit = String(MOST) } = parametersOf(request, ['after', 'limit']);
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new BadParameter('The parameter limit must be a whole number from 1.');
  const { tenant } = credential;
  const { statements, position, more } = await pageAfter(door, tenant, after, Math.min(Number(limit), MOST));
  const answered = await answerStatements(door.vault, tenant, statements, readingRights(credential).withIdentities);
  const shows = [...new Set(answered.flatMap((each) => each.shows))];
  if (shows.length > 0) await door.log.append([identityRead(door, caller, shows, 'GET /xapi/extensions/statements')]);
  const next = positionText(position);
  reply.header('X-Pharos-Position', next);
  if (more) reply.header('Link', `<${request.url.split('?', 1)[0]}?after=${next}&limit=${limit}>; rel="next"`);
  const lines = answered.map(({ statement }) => `${JSON.stringify(toldIn(version, statement))}\n`);
  return reply.type('application/x-ndjson').send(lines.join(''));
}

async function pageAfter({ log }: Door, tenant: string, after: string | undefined, limit: number) {
  try {
    return await exportPage(log, tenant, after === undefined ? exportStart(log) : readPosition(after), limit);
  } catch (error) {
    if (error instanceof RangeError) throw new BadParameter(`The parameter after: ${error.message}. Begin again without it.`);
    throw error;
  }
}
