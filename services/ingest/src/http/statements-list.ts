import { type FastifyReply, type FastifyRequest } from 'fastify';
import { credentialKey } from '@pharos/xapi';
import { grants } from '@pharos/contract';
import { type Door } from '../door/door.js';
import { answerStatements, statementAt } from '../door/read-statement.js';
import { findStatements } from '../records/find-statements.js';
import { type ServedStore } from '../records/record-store.js';
import { positionOf, sameSnapshot, type Snapshot, takeSnapshot } from '../records/snapshot.js';
import { readingRights } from './access.js';
import { identityRead } from './identity-read.js';
import { moreToken, readMore } from './more-token.js';
import { booleanOf, parametersOf } from './parameters.js';
import { type Caller } from './reply.js';
import { sendStatements } from './send-statements.js';
import { formatted } from './formats.js';
import { findOf, formatOf, QUERY_PARAMETERS, type QueryParameters } from './statements-query.js';

const THROUGH_HEADER = 'X-Experience-API-Consistent-Through';

/** A query of the statement resource, or the next page of one. */
export async function listStatements(
  door: Door,
  store: ServedStore,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { credential, version } = caller;
  const { tenant } = credential;
  const parameters = parametersOf(request, [...QUERY_PARAMETERS, 'more']);
  const { more: token, ...asked } = parameters;
  const more = token === undefined ? undefined : readMore(token, door.log.epoch);
  // The page of a token asks what its first page asked; what stands beside it is only said again.
  const query: QueryParameters = more?.query ?? asked;
  const format = formatOf(query.format);
  const attachments = booleanOf('attachments', query.attachments);
  const own = grants(credential.scopes, 'statements/read') ? undefined : credentialKey(credential.id);
  const find = { ...(await findOf(door.vault, tenant, version, query)), own, ...(more && { after: more.after }) };
  const snapshot = more ? await sameSnapshot(door, store, more.below) : await takeSnapshot(door, store);
  const warehouse = store.warehouse(tenant);
  const page = await findStatements({ log: door.log, warehouse, references: store.references }, snapshot, find);
  const logged = (await Promise.all(page.places.map((place) => statementAt(door.log, positionOf(place))))).filter(
    (each) => each !== undefined,
  );
  // What a learner sealed is for those who may see who they are, like the text of their answers.
  const mayOpen = readingRights(credential).withIdentities;
  const answered = await answerStatements(door.vault, tenant, logged, mayOpen);
  const shows = [...new Set(answered.flatMap((each) => each.shows))];
  if (shows.length > 0) await door.log.append([identityRead(door, caller, shows)]);
  const telling = { format, acceptLanguage: request.headers['accept-language'], version };
  const statements = await formatted({ door, store, caller }, answered.map(({ statement }) => statement), telling); // prettier-ignore
  const last = page.places.at(-1);
  const next = page.more && last ? moreAddress(request, { query, below: snapshot.below, after: last, epoch: door.log.epoch }) : '';
  if (more === undefined) reply.header(THROUGH_HEADER, throughOf(snapshot));
  const newest = logged.reduce((latest, { recordedAt }) => (recordedAt > latest ? recordedAt : latest), '');
  if (newest !== '') reply.header('Last-Modified', new Date(newest).toUTCString());
  return sendStatements(
    reply,
    { statements, more: next },
    { door, store, tenant, logged: logged.filter(({ data }) => mayOpen(data.credential)), attachments },
  );
}

const throughOf = ({ consistentThrough }: Snapshot) => consistentThrough;

/** Relative, as the specification wants it: the path of this resource. */
const moreAddress = (request: FastifyRequest, more: Parameters<typeof moreToken>[0]) =>
  `${request.url.split('?', 1)[0]}?more=${moreToken(more)}`;
