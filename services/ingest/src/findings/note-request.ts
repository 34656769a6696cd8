import { type Credential } from '@pharos/registry';
import { lintStatement, type Statement, type StatementError } from '@pharos/xapi';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type JsonBody } from '../http/json-body.js';
import { toldBy } from '../http/reply.js';
import { type Findings } from './findings.js';

/** What a platform did wrong. Looking for what is not there (404), a lost race (412) and what is our own fault (5xx) is not. */
const WRONG: ReadonlySet<number> = new Set([400, 403, 405, 409, 413, 415, 429]);

/**
 * Notes what was wrong with a request that is answered already, and, where its credential is linted, what could be better in the
 * statements that were stored. Runs after the answer is sent, so nobody waits for it.
 */
export function noteRequest(findings: Findings, credential: Credential, request: FastifyRequest, reply: FastifyReply): void {
  // Read only where something is said of it: a batch that a thread took was not read here.
  const sentBody = () => sentIn(request.body);
  const told = toldBy(reply);
  const status = reply.statusCode;
  const note = (errors: readonly StatementError[], as: number) => {
    const sent = sentBody();
    for (const { path, message } of errors) {
      const { index, own } = within(path);
      const body = Array.isArray(sent) && index !== undefined ? (sent as unknown[])[index] : sent;
      findings.note(credential.tenant, { credential: credential.id, kind: 'refused', status: as, path: own, message, body });
    }
  };
  if (WRONG.has(status)) note(told?.errors?.length ? told.errors : [{ path: '', message: told?.detail ?? 'was refused' }], status);
  // A lenient batch is answered with 200: what was set aside of it was refused all the same.
  else if (status === 200 && told?.errors) note(told.errors, 400);
  if ((status === 200 || status === 204) && credential.settings?.lint === true)
    lint(findings, credential, request, sentBody(), told?.errors);
}

function lint(
  findings: Findings,
  { tenant, id }: Credential,
  { method, routeOptions }: FastifyRequest,
  sent: unknown,
  setAside: readonly StatementError[] = [],
): void {
  if ((method !== 'POST' && method !== 'PUT') || routeOptions.url?.endsWith('/statements') !== true || sent === undefined) return;
  const refused = new Set(setAside.map(({ path }) => within(path).index));
  const stored = (Array.isArray(sent) ? (sent as unknown[]) : [sent]).filter((_, index) => !refused.has(index));
  for (const statement of stored as Statement[]) {
    for (const { path, message, section } of lintStatement(statement)) {
      const cause = { credential: id, kind: 'advice', status: null, path, message: `${message} (xAPI part two, ${section})` } as const;
      findings.note(tenant, { ...cause, body: statement });
    }
  }
}

/** What was sent as JSON; a body in parts was taken apart elsewhere and gives no example. */
function sentIn(body: unknown): unknown {
  if (body === undefined || body === null || Buffer.isBuffer(body)) return undefined;
  const { parsed } = body as JsonBody;
  return parsed.ok ? parsed.value : undefined;
}

/** `[3].verb.id` is `verb.id` of the fourth statement. */
function within(path: string): { readonly index: number | undefined; readonly own: string } {
  const [whole, index] = /^\[(\d+)\]\.?/.exec(path) ?? [];
  return index === undefined ? { index: undefined, own: path } : { index: Number(index), own: path.slice(whole!.length) };
}
