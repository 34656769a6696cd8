import { randomUUID } from 'node:crypto';
import { type Cmi5Registration, type Cmi5Session, type Cmi5Tokens } from '@pharos/registry';
import { actorIdentifier, type Statement } from '@pharos/xapi';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actor, iri, launchData, LaunchRequest, launchUrl, withStructure } from '../cmi5/launch.js';
import { abandonedStatement, launchedStatement, type Learner, waivedStatement } from '../cmi5/lms-statements.js';
import { type Cmi5Tables, type Registrations } from '../cmi5/registrations.js';
import { LAUNCH_DATA } from '../cmi5/vocabulary.js';
import { DocumentStore } from '../documents/document-store.js';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { refuseWithout } from './access.js';
import { SESSION_PREFIX } from './authenticate.js';
import { parseJson } from './json-body.js';
import { needed, parametersOf } from './parameters.js';
import { problem, type Problem, problemOf } from './problem.js';
import { type Caller, refuse } from './reply.js';
import { resource } from './resource.js';

/** What launches of assignable units need. */
export interface Cmi5Options extends Cmi5Tables {
  readonly tokens: Cmi5Tokens;
  /** Where content reaches this server, such as `https://pharos.example`; the address of the request where left out. */
  readonly publicUrl?: string;
}

interface Cmi5Routes extends Cmi5Options {
  readonly door: Door;
  readonly store: RecordStore;
  readonly registrations: Registrations;
  readonly callerOf: (request: FastifyRequest) => Caller;
}

export const LAUNCH_PATH = '/extensions/cmi5/launches';
export const FETCH_PATH = '/extensions/cmi5/fetch';
export const REGISTRATIONS_PATH = '/extensions/cmi5/registrations';
export const WAIVERS_PATH = '/extensions/cmi5/waivers';

/** A unit that takes longer is launched anew. */
const SESSION_MS = 24 * 60 * 60_000;

/**
 * cmi5, Quartz 1st edition, for a learning management system that keeps its records here: `POST …/registrations` enrols a learner
 * in a course that was imported, `POST …/launches` begins a session, `POST …/waivers` lets a learner skip a unit; and
 * `POST …/fetch?secret=…` hands a session's token to the unit, once.
 */
export function cmi5Routes(scope: FastifyInstance, routes: Cmi5Routes): void {
  const ofSystem = <Asked>(shape: z.ZodType<Asked>, answer: (asked: Asked, context: Asking) => Promise<object | Problem>) => ({
    POST: async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = routes.callerOf(request);
      const { credential, session } = caller;
      const refused = refuseWithout(credential, 'statements/write') ?? refuseWithout(credential, 'state/write');
      if (refused) return refuse(reply, refused);
      if (session !== undefined) return refuse(reply, problem(403, 'This is for the learning management system, not for a unit.'));
      parametersOf(request, []);
      const body = parseJson(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      if (!body.ok) return refuse(reply, problem(400, body.reason));
      const read = shape.safeParse(body.value);
      if (!read.success) {
        const errors = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
        return refuse(reply, problem(400, 'The request is not valid.', errors));
      }
      const told = await answer(read.data, { ...routes, caller, request });
      return isProblem(told) ? refuse(reply, told) : reply.type('application/json').send(JSON.stringify(told));
    },
  });
  resource(scope, REGISTRATIONS_PATH, ofSystem(RegistrationRequest, register));
  resource(scope, LAUNCH_PATH, ofSystem(LaunchRequest, launch));
  resource(scope, WAIVERS_PATH, ofSystem(WaiverRequest, waive));
  resource(scope, FETCH_PATH, { POST: (request, reply) => fetchToken(routes, request, reply) });
}

interface Asking extends Cmi5Routes {
  readonly caller: Caller;
  readonly request: FastifyRequest;
}

const isProblem = (told: object): told is Problem => 'status' in told;

const RegistrationRequest = z.strictObject({
  actor,
  /** The publisher's id of a course that was imported. */
  course: iri,
  registration: z.uuid().optional(),
});

const WaiverRequest = z.strictObject({
  actor,
  activityId: iri,
  publisherId: iri,
  course: iri.optional(),
  registration: z.uuid(),
  /** The specification knows Tested Out, Equivalent AU, Equivalent Outside Activity and Administrative (9.5.5.2). */
  reason: z.string().min(1).max(200).default('Administrative'),
});

/** At the time of registration what the course structure asks for is evaluated (9.6.1). */
async function register(asked: z.infer<typeof RegistrationRequest>, asking: Asking): Promise<object | Problem> {
  const { registrations, courses, caller, door } = asking;
  const { tenant } = caller.credential;
  const course = await courses(tenant).find(asked.course);
  if (course === undefined) return problem(404, 'No course with this id was imported. Import its structure first.');
  const registration = asked.registration?.toLowerCase() ?? randomUUID();
  return registrations.inTurn(tenant, registration, async () => {
    const enrolled = await enrol(asking, asked.actor, registration, asked.course);
    if (isProblem(enrolled)) return enrolled;
    const telling = { learner: asked.actor, session: randomUUID() as string, at: door.now() };
    const satisfied = await say(asking, await registrations.owed(tenant, registration, telling));
    return isProblem(satisfied) ? satisfied : { registration, course: asked.course, satisfied };
  });
}

async function launch(request: LaunchRequest, asking: Asking): Promise<object | Problem> {
  const { registrations, caller } = asking;
  const { tenant } = caller.credential;
  const found = await registrations.unitOf(tenant, request.publisherId, request.course);
  if (found !== undefined && 'wrong' in found) return unitProblem(found.wrong);
  const registration = request.registration?.toLowerCase() ?? randomUUID();
  const asked = withStructure(request, found?.unit);
  return registrations.inTurn(tenant, registration, async () => {
    const { door, store, sessions: sessionsOf, request: over } = asking;
    const { credential } = caller;
    const [session, at] = [randomUUID() as string, door.now()];
    const enrolled = await enrol(asking, asked.actor, registration, found?.course.course);
    if (isProblem(enrolled)) return enrolled;
    const { learner } = enrolled;
    const sessions = sessionsOf(tenant);
    const left = (await registrations.sessionsOf(tenant, learner, registration)).filter(({ endedAt }) => endedAt === null);
    const { launchMode, masteryScore, moveOn, activityId: activity, publisherId: unit } = asked;
    const secret = await sessions.open({
      session, credential: credential.id, learner, activity, unit, registration,
      launch: { launchMode, moveOn, ...(masteryScore !== undefined && { masteryScore }) },
      expiresAt: new Date(at.getTime() + SESSION_MS),
    }); // prettier-ignore
    if (secret === undefined) return problem(403, 'Units are launched with a key of this store, not with an access token.');
    // Both before the unit can be opened: it reads the document at once, and launched stands before all that it says.
    await new DocumentStore(tenant, store.documents(tenant), door.vault).put(
      { kind: 'state', activity, learner, registration },
      LAUNCH_DATA,
      { contentType: 'application/json', content: Buffer.from(JSON.stringify(launchData(asked, session))) },
      () => undefined,
    );
    // What is satisfied without a word of the unit belongs to the registration where this is its beginning (9.6.1).
    const telling = { learner: asked.actor, session: enrolled.made ? randomUUID() : session, at };
    const said = await say(asking, [
      ...left.map((open) => abandonedStatement(asked.actor, open, at)),
      launchedStatement(asked, session, registration, at),
      ...(await registrations.owed(tenant, registration, telling)),
    ]);
    if (isProblem(said)) return said;
    for (const open of left) await sessions.said(open.session, [], true);
    const base = `${asking.publicUrl?.replace(/\/$/, '') ?? `${over.protocol}://${over.host}`}${over.url.split(LAUNCH_PATH, 1)[0]}`;
    const fetch = `${base}${FETCH_PATH}?secret=${secret}`;
    return { session, registration, launchUrl: launchUrl(asked, { endpoint: `${base}/`, fetch, registration }), fetch };
  });
}

/** Once for a unit and registration, however often it is asked for (9.3.7). */
async function waive(asked: z.infer<typeof WaiverRequest>, asking: Asking): Promise<object | Problem> {
  const { registrations, caller, door } = asking;
  const { tenant } = caller.credential;
  const found = await registrations.unitOf(tenant, asked.publisherId, asked.course);
  if (found !== undefined && 'wrong' in found) return unitProblem(found.wrong);
  const registration = asked.registration.toLowerCase();
  return registrations.inTurn(tenant, registration, async () => {
    const enrolled = await enrol(asking, asked.actor, registration, found?.course.course);
    if (isProblem(enrolled)) return enrolled;
    const id = await registrations.waivedId(tenant, enrolled, asked.publisherId);
    const telling = { learner: asked.actor, session: randomUUID() as string, at: door.now() };
    const known = await registrations.isSaid(tenant, id);
    const owed = await registrations.owed(tenant, registration, telling, undefined, asked.publisherId);
    const waived = known ? [] : [waivedStatement({ id, registration, ...telling }, asked, asked.reason)];
    const said = await say(asking, [...waived, ...owed]);
    return isProblem(said) ? said : { waived: id, satisfied: said.slice(waived.length) };
  });
}

const unitProblem = (message: string): Problem => problem(400, 'The request is not valid.', [{ path: 'publisherId', message }]);

type Enrolled = Omit<Cmi5Registration, 'course'> & { readonly made: boolean };

/** The learner's token, and the registration for the course where one is known; a registration is of one learner in one course. */
async function enrol(asking: Asking, learner: Learner, registration: string, course: string | undefined): Promise<Enrolled | Problem> {
  const { door, courses, caller } = asking;
  const { tenant } = caller.credential;
  const [token] = await door.vault.tokensFor(tenant, [{ identifier: actorIdentifier(learner), asSent: learner }]);
  const { firstToken } = token!;
  if (course === undefined) return { registration, learner: firstToken, made: false };
  const standing = await courses(tenant).register({ registration, learner: firstToken, course });
  if (standing.learner === firstToken && standing.course === course) return standing;
  return problem(409, 'This registration is of another learner or course.');
}

/** @returns ids of what was stored */
async function say({ door, caller }: Asking, statements: readonly Statement[]): Promise<readonly string[] | Problem> {
  const { credential, version } = caller;
  const sender = { credential: credential.id, scopes: credential.scopes };
  const accepted = await door.acceptStatements({ tenant: credential.tenant, sender, version, statements });
  return accepted.ok ? accepted.ids : problemOf(accepted.refused);
}

/** Always 200, errors included, as the specification has it (8.2.2). */
async function fetchToken({ tokens }: Cmi5Routes, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const secret = needed('secret', parametersOf(request, ['secret']).secret);
  const handed = await tokens.fetch(secret);
  const told = handed.ok ? { 'auth-token': authToken(handed) } : TOLD[handed.why];
  return reply.type('application/json').header('Cache-Control', 'no-store').send(JSON.stringify(told));
}

const authToken = ({ session, token }: Pick<Cmi5Session, 'session'> & { readonly token: string }) =>
  Buffer.from(`${SESSION_PREFIX}${session}:${token}`).toString('base64');

const TOLD = {
  used: { 'error-code': '1', 'error-text': 'The token was handed out before, or the session is over.' },
  unknown: { 'error-code': '2', 'error-text': 'There is no such session.' },
} as const;
