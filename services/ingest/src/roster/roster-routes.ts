import { isUtf8 } from 'node:buffer';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuseWithout } from '../http/access.js';
import { authenticate, type Keys, refuseUnknown } from '../http/authenticate.js';
import { parseJson } from '../http/json-body.js';
import { problem } from '../http/problem.js';
import { problemOfError } from '../http/problem-of-error.js';
import { refuse } from '../http/reply.js';
import { resource } from '../http/resource.js';
import { csvRows, jsonRows, type ReadRows } from './read-rows.js';
import { isRosterKind, type RosterKind, rosterRows } from './rows.js';
import { takeResults } from './take-results.js';
import { type RosterAnswer, type RosterDoor, takeRoster } from './take-roster.js';
import { Turns } from './turns.js';

export interface RosterRoutesOptions extends RosterDoor, Keys {
  /** Largest body in bytes; default 64 MiB. */
  readonly bodyLimit?: number;
}

const BODY_LIMIT = 64 * 1024 * 1024;
const nothing = problem(404, `Rosters are sent by POST to /roster/ and their kind, one of ${Object.keys(rosterRows).join(', ')}.`);

/**
 * `POST /roster/{kind}`: rows as JSON or CSV. Query: `mode=bulk|delta` (default delta), `confirm`, `atomic`, `file` (its name,
 * for errors). Files that others refer to come first: orgs, academicSessions, courses, classes, users, enrollments, lineItems.
 */
export function rosterRoutes(scope: FastifyInstance, options: RosterRoutesOptions): void {
  const { bodyLimit = BODY_LIMIT } = options;
  /** A whole file is compared with what stands, so two of one kind must not be taken at once. */
  const turns = new Turns();
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(/^(application\/json|text\/csv)\s*(;|$)/i, { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) => {
    done(null, bytes);
  });
  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    const who = await authenticate(options, request.headers.authorization);
    if (!who.ok) return refuseUnknown(reply, who, options);
    const { credential } = who;
    const { id, tenant } = credential;
    const refused = refuseWithout(credential, 'roster/write');
    if (refused) return refuse(reply, refused);
    const { kind } = request.params as { readonly kind: string };
    if (!isRosterKind(kind)) return refuse(reply, nothing);
    const read = rowsOf(request, kind);
    if (!read.ok) return refuse(reply, problem(400, read.reason));
    const { mode = 'delta', confirm, atomic, file = kind } = request.query as Readonly<Record<string, string | undefined>>;
    if (mode !== 'bulk' && mode !== 'delta') return refuse(reply, problem(400, 'mode must be bulk or delta.'));
    const common = { tenant, file, rows: read.rows, atomic: atomic === 'true' };
    // Whoever may tell a roster may tell its results.
    const sender = { credential: id, scopes: ['statements/write'] };
    const answer =
      kind === 'results'
        ? await takeResults(options, { ...common, sender })
        : await turns.take(`${tenant}/${kind}`, () => takeRoster(options, { ...common, kind, mode, confirm: confirm === 'true' }));
    return tell(reply, file, answer);
  };
  resource(scope, '/:kind', { POST: take }, { bodyLimit });
  scope.setNotFoundHandler((_request, reply) => refuse(reply, nothing));
  scope.setErrorHandler((error: Error & { code?: string }, request, reply) => {
    const told = problemOfError(error, 'Rosters are taken as text/csv or application/json.');
    if (told.status === 500) request.log.error({ err: error }, 'a request failed');
    return refuse(reply, told);
  });
}

function rowsOf({ body, headers }: FastifyRequest, kind: RosterKind): ReadRows {
  const bytes = body as Buffer | undefined;
  if (bytes === undefined) return { ok: false, reason: 'A body is needed.' };
  if (/^text\/csv/i.test(headers['content-type'] ?? '')) {
    return isUtf8(bytes) ? csvRows(bytes.toString('utf8')) : { ok: false, reason: 'The file is not UTF-8.' };
  }
  const json = parseJson(bytes);
  return json.ok ? jsonRows(kind, json.value) : json;
}

function tell(reply: FastifyReply, file: string, answer: RosterAnswer): FastifyReply {
  const errors = answer.errors.map((error) => ({ file, ...error }));
  if (answer.ok) return reply.type('application/json').send(JSON.stringify({ ...answer, errors }));
  return reply
    .code(answer.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...problem(answer.status, answer.detail), errors }));
}
