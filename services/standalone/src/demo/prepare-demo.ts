import { type Configuration } from '@pharos/runtime';
import { type Door } from '@pharos/ingest';
import { type Role } from '@pharos/registry';
import { simulateDistrict } from '@pharos/simulator';
import { type Homes } from '../homes/open-homes.js';
import { type Workers } from '../workers/start-workers.js';
import { fillDemo } from './fill-demo.js';
import { liveDemo } from './live-demo.js';

/** Everybody in the demo signs in with it: the server listens on this machine only, and nobody in the district is real. */
const password = 'lighthouse-demo';
const tenant = 'lakeshore';
const seed = 7;
const demoKey = 'demo key';

interface DemoLogin {
  readonly login: string;
  readonly roles: readonly Role[];
  /** Sourced id of the person, where the login is somebody of the district. */
  readonly person?: string;
}

const logins: readonly DemoLogin[] = [
  { login: 'counselor@lakeshore.example', roles: ['counselor'], person: 'counselor-1' },
  { login: 'analyst@lakeshore.example', roles: ['analyst'] },
  { login: 'teacher@lakeshore.example', roles: ['teacher'], person: 'teacher-1-algebra-1' },
  { login: 'learner@lakeshore.example', roles: ['learner'], person: 's-00001' },
  { login: 'privacy@lakeshore.example', roles: ['privacy-officer'] },
  { login: 'admin@lakeshore.example', roles: ['admin'] },
];

export interface DemoHome {
  readonly homes: Homes;
  readonly workers: Workers;
  readonly configuration: Configuration;
  readonly door: Door;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

/** Fills an empty data folder with the demo district, once, and tells how to get in. */
export async function prepareDemo(home: DemoHome): Promise<void> {
  const { homes, say } = home;
  if (!(await isFilled(homes))) await fill(home);
  const own = homes.registry.tenant(tenant);
  // The secret is shown once, so a later start needs a key of its own; the one before is of no use to anybody.
  for (const old of await own.credentials.list()) if (old.name === demoKey && old.revokedAt === null) await own.credentials.revoke(old.id);
  const key = await own.credentials.create({ name: demoKey, scopes: ['statements/write', 'statements/read', 'answers/read'] });
  say('');
  say('  Demo district: Lakeshore Unified School District. Nobody in it is real.');
  for (const { login, roles } of logins) say(`  ${roles.join(', ').padEnd(16)} ${login.padEnd(30)} ${password}`);
  say(`  xAPI key         ${key.credential.id}:${key.secret}   (Basic; a new one at each start)`);
  say('');
}

/** The tenant's settings say when it was filled to the end; a start that was killed before begins again, and repeats nothing. */
const isFilled = async (homes: Homes): Promise<boolean> => (await homes.registry.tenants.get(tenant))?.settings.demoFilledAt !== undefined;

async function fill({ homes, workers, configuration, door, now, say }: DemoHome): Promise<void> {
  const earlier = (await homes.registry.tenants.get(tenant))?.settings.demoNow;
  const moment = typeof earlier === 'string' ? earlier : now().toISOString();
  const district = simulateDistrict({ seed, learners: configuration.demoLearners, now: moment });
  const settings = { timeZone: district.timeZone, demoNow: moment };
  await homes.registry.tenants.put({ id: tenant, name: district.name, settings });
  const own = homes.registry.tenant(tenant);
  const keyOf = async (name: string) => (await own.credentials.create({ name, scopes: ['statements/write'] })).credential.id;
  const credentials = { lms: await keyOf('LMS'), video: await keyOf('Video lessons'), practice: await keyOf('Practice') };
  say(`  filling the demo: ${district.learners.length} learners, ${district.statements.length.toLocaleString('en')} statements ...`);
  const tokens = await fillDemo(district, tenant, door, credentials);
  for (const { login, roles, person } of logins) {
    const made = await own.users.create({
      login,
      password,
      roles,
      ...(person === undefined ? {} : { person: tokens.get(person) ?? null }),
    });
    if (!made.ok && made.code !== 'login-taken') throw new Error(`the demo's user ${login} was refused: ${made.reason}`);
  }
  const counselors = new Map<string, string>();
  for (const [index, school] of district.schools.entries()) {
    const token = tokens.get(school.counselor)!;
    const login = index === 0 ? logins[0]!.login : `counselor-${index + 1}@lakeshore.example`;
    await own.users.create({ login, password, roles: ['counselor'], person: token });
    const user = await own.users.byLogin(login);
    if (user) counselors.set(token, user.id);
  }
  await liveDemo({
    tenant,
    district,
    workers,
    registry: homes.registry,
    counselors,
    now: moment,
    onWeek: (week, of) => say(`  jobs of week ${week} of ${of} done`),
  });
  await homes.registry.tenants.put({ id: tenant, name: district.name, settings: { ...settings, demoFilledAt: now().toISOString() } });
}
