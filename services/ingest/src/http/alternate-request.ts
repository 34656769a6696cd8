import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { problem } from './problem.js';
import { refuse } from './reply.js';
import { versionOf } from './xapi-version.js';

/** Form parameters that stand for headers. Content-Length is worked out from the content. Source: xAPI 1.0.3, part three, 1.3. */
const HEADERS = ['authorization', 'x-experience-api-version', 'content-type', 'if-match', 'if-none-match'];
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const;
type Method = (typeof METHODS)[number];

/** Of the answer; what belongs to the connection between the two is left out. */
const NOT_PASSED_ON = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'vary']);
const OF_THE_FORM = new Set(['content-length', 'content-type', 'content-encoding', 'accept-encoding', 'transfer-encoding', 'connection']);

/** True for a request in the alternate syntax of 1.0.3: a POST whose query names the method that is meant. */
export function isAlternate({ method, query }: FastifyRequest): boolean {
  return method === 'POST' && typeof query === 'object' && query !== null && 'method' in query;
}

/**
 * Answers a request in the alternate syntax: what the form says is asked again as a request of the usual kind, within this
 * process, so that both are answered by the same code. Not in 2.0.
 *
 * @param body the form, as bytes
 */
export async function answerAlternate(
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
): Promise<FastifyReply> {
  const query = request.query as Readonly<Record<string, string>>;
  const method = METHODS.find((known) => known === query.method);
  if (method === undefined) return refuse(reply, problem(400, `The parameter method must be one of ${METHODS.join(', ')}.`));
  const others = Object.keys(query).filter((name) => name !== 'method');
  if (others.length > 0) return refuse(reply, problem(400, `Beside method, parameters belong into the form: ${others.join(', ')}.`));
  const { headers, parameters, content } = readForm(body);
  if (content === undefined && (method === 'PUT' || method === 'POST')) {
    return refuse(reply, problem(400, `The form of a request that means ${method} needs its content under the name content.`));
  }
  const merged = { ...passedOn(request), ...headers };
  if (versionOf(merged['x-experience-api-version']) === '2.0.0') {
    return refuse(reply, problem(400, 'Version 2.0 has no alternate request syntax. Send the request as it is meant.'));
  }
  const answer = await server.inject({
    method: method satisfies Method,
    url: `${request.url.split('?', 1)[0]}?${parameters.toString()}`,
    headers: content === undefined ? merged : { 'content-type': 'application/json', ...merged },
    ...(content !== undefined && { payload: content }),
  });
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && !NOT_PASSED_ON.has(name)) reply.header(name, value);
  return reply.code(answer.statusCode).send(answer.rawPayload.length > 0 ? answer.rawPayload : undefined);
}

function readForm(body: Buffer) {
  const headers: Record<string, string> = {};
  const parameters = new URLSearchParams();
  let content: string | undefined;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const lower = name.toLowerCase();
    if (name === 'content') content = value;
    else if (HEADERS.includes(lower)) headers[lower] = value;
    else if (lower !== 'content-length') parameters.append(name, value);
  }
  return { headers, parameters, content };
}

function passedOn({ headers }: FastifyRequest): Record<string, string> {
  const kept = Object.entries(headers).filter(([name, value]) => typeof value === 'string' && !OF_THE_FORM.has(name));
  return Object.fromEntries(kept) as Record<string, string>;
}
