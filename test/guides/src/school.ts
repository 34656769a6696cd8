import { rm } from 'node:fs/promises';
import { type Client, createClient, type Role } from '@pharos/contract';
import { environment, servePharos, temporaryFolder } from '@pharos/faults/pharos-process';
import { createLogger, readConfiguration } from '@pharos/runtime';
import { openHomes } from '@pharos/standalone/homes/open-homes';

/** What stands in every guide's place: a school whose Pharos runs, a key for the platform, and people who sign in. */
export interface School {
  readonly address: string;
  /** A key as a platform gets it: it sends answers, reads its own statements, and asks what is known. */
  readonly key: { readonly id: string; readonly secret: string };
  /** Who looks after content. */
  readonly admin: Client;
  /** Who teaches the class. */
  readonly teacher: Client;
  readonly class: string;
  /** Mail addresses of the class. */
  readonly learners: readonly [ada: string, ben: string, cleo: string];
  close(): Promise<void>;
}

const tenant = 'school';
const password = 'guides-password';
const teacher = 'tess@school.example';
const learners = ['ada@school.example', 'ben@school.example', 'cleo@school.example'] as const;

/** Starts the built Pharos over an empty folder, with a class of three and their teacher, told as a roster over HTTP. */
export async function openSchool(): Promise<School> {
  const folder = await temporaryFolder();
  const data = `${folder.path}/data`;
  const key = await prepare(data);
  const server = await servePharos(environment(data));
  try {
    await sendRoster(server.address, key);
    const [admin, teaching] = await Promise.all(['admin@school.example', teacher].map((login) => signIn(server.address, login)));
    // The roster is told; the teacher sees the class as soon as it is folded.
    while ((await teaching!.teaching.list()).items.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      address: server.address, key, admin: admin!, teacher: teaching!, class: 'reading-1', learners,
      close: async () => {
        await server.stop();
        await folder.dispose();
      },
    };
  } catch (error) {
    await server.stop();
    await rm(folder.path, { recursive: true, force: true });
    throw error;
  }
} // prettier-ignore

/** What an operator does once: a tenant, a key, and who may sign in. */
async function prepare(data: string): Promise<School['key']> {
  const parsed = readConfiguration({ PHAROS_DATA_DIR: data, PHAROS_LOG_LEVEL: 'error' });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  const homes = await openHomes(parsed.settings, createLogger('error', 'guides'), () => new Date());
  try {
    await homes.registry.tenants.put({ id: tenant, name: 'A school', settings: { timeZone: 'UTC' } });
    const own = homes.registry.tenant(tenant);
    const { tokens } = await homes.vault.registerPeople(tenant, [{ identifiers: [`mailto:${teacher}`], email: teacher }]);
    const user = async (login: string, roles: readonly Role[], person: string | null) => {
      const made = await own.users.create({ login, password, roles: [...roles], person });
      if (!made.ok) throw new Error(made.reason);
    };
    await user('admin@school.example', ['admin'], null);
    await user(teacher, ['teacher'], tokens[0]!);
    const made = await own.credentials.create({ name: 'guides', scopes: ['statements/write', 'statements/read/mine', 'answers/read', 'roster/write'] });
    return { id: made.credential.id, secret: made.secret };
  } finally {
    await homes.close();
  }
} // prettier-ignore

/** A class as a student information system tells it. Files that others refer to come first. */
async function sendRoster(address: string, key: School['key']): Promise<void> {
  const people = [{ sourcedId: 'tess', email: teacher, role: 'teacher' }, ...learners.map((email) => ({ sourcedId: email.split('@')[0]!, email, role: 'student' }))];
  const files: Readonly<Record<string, readonly object[]>> = {
    orgs: [{ sourcedId: 'school', name: 'A school' }],
    academicSessions: [{ sourcedId: 'year', title: 'This year', startDate: '2026-01-01', endDate: '2036-12-31' }],
    courses: [{ sourcedId: 'reading', title: 'Reading' }],
    classes: [{ sourcedId: 'reading-1', title: 'Reading 1', courseSourcedId: 'reading', schoolSourcedId: 'school', termSourcedIds: ['year'] }],
    users: people.map(({ sourcedId, email }) => ({ sourcedId, email })),
    enrollments: people.map(({ sourcedId, role }) => ({ sourcedId: `in-${sourcedId}`, classSourcedId: 'reading-1', userSourcedId: sourcedId, role, beginDate: '2026-01-01' })),
  };
  const authorization = `Basic ${btoa(`${key.id}:${key.secret}`)}`;
  for (const [kind, rows] of Object.entries(files)) {
    const answer = await fetch(`${address}/roster/${kind}?atomic=true`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(rows) });
    if (!answer.ok) throw new Error(`the roster of ${kind} was refused: ${await answer.text()}`);
  }
} // prettier-ignore

/** A person who signs in, as the page does it: a cookie, and a token with whatever changes something. */
async function signIn(address: string, login: string): Promise<Client> {
  const answer = await fetch(`${address}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password }) });
  if (!answer.ok) throw new Error(`${login} could not sign in: ${await answer.text()}`);
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  const { csrf } = (await answer.json()) as { readonly csrf: string };
  return createClient(fetch, { origin: address, csrf: () => csrf, headers: () => ({ cookie }) });
} // prettier-ignore
