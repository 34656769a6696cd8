import { Readable } from 'node:stream';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Statement, toldIn } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { answerStatements } from '../door/read-statement.js';
import { exportLines } from '../exports/export-lines.js';
import { exportPage, exportStart, positionText, readPosition } from '../exports/export-page.js';
import { readingRights, refuseWithout } from './access.js';
import { identityRead } from './identity-read.js';
import { BadParameter, booleanOf, parametersOf } from './parameters.js';
import { type Caller, refuse } from './reply.js';

const MOST = 1_000;

/**
 * `/extensions/statements`: all statements of the tenant in the order of storing, taken-back ones included, as NDJSON.
 *
 * `X-Pharos-Position` is where the page ends: `after` goes on from it, today or next week. `Link` with `rel="next"` stands
 * there where there was more already. With `attachments=true` raw contents come before the statement that names them, each once in a
 * page, for whoever may see them. The specification leaves paths below `extensions/` to stores (part three, 2.0).
 */
export async function getExport(door: Door, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { credential, version } = caller;
  const refused = refuseWithout(credential, 'statements/read');
  if (refused) return refuse(reply, refused);
  const { after, limit = String(MOST), attachments } = parametersOf(request, ['after', 'limit', 'attachments']);
  const withContents = booleanOf('attachments', attachments);
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new BadParameter('The parameter limit must be a whole number from 1.');
  const { tenant } = credential;
  const { statements, position, more } = await pageAfter(door, tenant, after, Math.min(Number(limit), MOST));
  const mayRead = readingRights(credential).withIdentities;
  const answered = await answerStatements(door.vault, tenant, statements, mayRead);
  const shows = [...new Set(answered.flatMap((each) => each.shows))];
  if (shows.length > 0) await door.log.append([identityRead(door, caller, shows, 'GET /xapi/extensions/statements')]);
  const next = positionText(position);
  reply.header('X-Pharos-Position', next);
  if (more)
    reply.header(
      'Link',
      `<${request.url.split('?', 1)[0]}?after=${next}&limit=${limit}${withContents ? '&attachments=true' : ''}>; rel="next"`,
    );
  const tell = (statement: Statement) => toldIn(version, statement);
  reply.type('application/x-ndjson');
  if (!withContents || door.attachments === undefined) return reply.send(answered.map(({ statement }) => `${JSON.stringify(tell(statement))}\n`).join('')); // prettier-ignore
  // A page with contents has no bound in bytes, so it is sent as it is read.
  const contents = { homes: door.attachments, vault: door.vault, tenant, mayRead, told: new Set<string>() };
  return reply.send(Readable.from(exportLines(answered, tell, contents)));
}

async function pageAfter({ log }: Door, tenant: string, after: string | undefined, limit: number) {
  try {
    return await exportPage(log, tenant, after === undefined ? exportStart(log) : readPosition(after), limit);
  } catch (error) {
    if (error instanceof RangeError) throw new BadParameter(`The parameter after: ${error.message}. Begin again without it.`);
    throw error;
  }
}
