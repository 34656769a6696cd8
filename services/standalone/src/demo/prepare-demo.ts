import { type Preparing } from '@pharos/contract';
import { type Door } from '@pharos/ingest';
import { type Role, type TenantRegistry } from '@pharos/registry';
import { type Configuration } from '@pharos/runtime';
import { districtName, districtTimeZone } from '@pharos/simulator';
import { type EmbeddedHomes } from '../homes/open-homes.js';
import { type Workers } from '../workers/start-workers.js';
import { demoContent } from './content/demo-content.js';
import { liveDemo } from './live-demo.js';
import { type DemoPeople, type Filling, startFilling } from './start-filling.js';

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
  readonly homes: EmbeddedHomes;
  readonly workers: Workers;
  readonly configuration: Configuration;
  readonly door: Door;
  readonly now: () => Date;
  readonly say: (line: string) => void;
  /** Hears how far it is; null at the end. */
  readonly onProgress: (preparing: Preparing | null) => void;
  /** Handed whatever has to be stopped before the homes are closed. */
  readonly onFilling: (filling: Filling) => void;
}

/**
 * Fills an empty data folder with the demo district, once, and tells how to get in: as soon as somebody can, which is
 * before all of it is there.
 */
export async function prepareDemo(home: DemoHome): Promise<void> {
  const { homes, say, onProgress } = home;
  const own = homes.registry.tenant(tenant);
  if (await isFilled(homes)) {
    // A folder of an earlier release has the district and not what is practised in it; put again it changes nothing.
    await own.practice.put(demoContent(), home.now().toISOString());
    await tellLogins(own, say);
    return;
  }
  onProgress({ step: 'people', done: 0, of: home.configuration.demoLearners });
  await fill(home, own);
  onProgress(null);
}

/** The tenant's settings say when it was filled to the end; a start that was killed before begins again, and repeats nothing. */
const isFilled = async (homes: EmbeddedHomes): Promise<boolean> =>
  (await homes.registry.tenants.get(tenant))?.settings.demoFilledAt !== undefined;

async function fill(
  { homes, workers, configuration, door, now, say, onProgress, onFilling }: DemoHome,
  own: TenantRegistry,
): Promise<void> {
  const earlier = (await homes.registry.tenants.get(tenant))?.settings.demoNow;
  const moment = typeof earlier === 'string' ? earlier : now().toISOString();
  const settings = { timeZone: districtTimeZone, demoNow: moment };
  await homes.registry.tenants.put({ id: tenant, name: districtName, settings });
  await own.practice.put(demoContent(), now().toISOString());
  const keyOf = async (name: string) => (await own.credentials.create({ name, scopes: ['statements/write', 'define'] })).credential.id;
  const credentials = { lms: await keyOf('LMS'), video: await keyOf('Video lessons'), practice: await keyOf('Practice') };
  let of = 0;
  const filling = startFilling(
    {
      log: homes.folder.log,
      vault: homes.databases.vault,
      keysFile: homes.folder.keysFile,
      logLevel: configuration.logLevel,
      settings: { seed, learners: configuration.demoLearners, now: moment },
      tenant,
      credentials,
    },
    (done) => onProgress({ step: 'statements', done, of }),
  );
  onFilling(filling);
  // Appends of another thread: what is answered as consistent must not run ahead of them.
  const filled = door.whileAppending(() => filling.ended);
  filled.catch(() => undefined); // met below, after the logins
  const people = await filling.people;
  of = people.statements;
  onProgress({ step: 'statements', done: 0, of });
  const counselors = await makeUsers(own, people);
  await tellLogins(own, say);
  say(
    `  The page can be used now. ${people.learners} learners are there; ${of.toLocaleString('en')} statements are on their way, then the jobs run.`,
  );
  await filled;
  say('  statements are in');
  onProgress({ step: 'jobs', done: 0, of: 2 });
  await liveDemo({
    tenant,
    district: people.district,
    workers,
    registry: homes.registry,
    counselors,
    now: moment,
    onWeek: (week, weeks) => {
      say(`  jobs of week ${week} of ${weeks} done`);
      onProgress({ step: 'jobs', done: week, of: weeks });
    },
  });
  await homes.registry.tenants.put({ id: tenant, name: districtName, settings: { ...settings, demoFilledAt: now().toISOString() } });
}

/** Gives people of the district their logins. @returns user ids of the counselors by their tokens */
async function makeUsers(own: TenantRegistry, { district, tokens }: DemoPeople): Promise<ReadonlyMap<string, string>> {
  await Promise.all(
    logins.map(async ({ login, roles, person }) => {
      const of = person === undefined ? {} : { person: tokens.get(person) ?? null };
      const made = await own.users.create({ login, password, roles, ...of });
      if (!made.ok && made.code !== 'login-taken') throw new Error(`the demo's user ${login} was refused: ${made.reason}`);
    }),
  );
  const counselors = await Promise.all(
    district.schools.map(async ({ counselor }, index): Promise<readonly (readonly [string, string])[]> => {
      const token = tokens.get(counselor)!;
      const login = index === 0 ? logins[0]!.login : `counselor-${index + 1}@lakeshore.example`;
      if (index > 0) await own.users.create({ login, password, roles: ['counselor'], person: token });
      const user = await own.users.byLogin(login);
      return user ? [[token, user.id]] : [];
    }),
  );
  return new Map(counselors.flat());
}

/** The secret is shown once, so a later start needs a key of its own; the one before is of no use to anybody. */
async function tellLogins(own: TenantRegistry, say: (line: string) => void): Promise<void> {
  for (const old of await own.credentials.list()) if (old.name === demoKey && old.revokedAt === null) await own.credentials.revoke(old.id);
  const key = await own.credentials.create({ name: demoKey, scopes: ['all', 'answers/read'] });
  say('');
  say('  Demo district: Lakeshore Unified School District. Nobody in it is real.');
  for (const { login, roles } of logins) say(`  ${roles.join(', ').padEnd(16)} ${login.padEnd(30)} ${password}`);
  say(`  xAPI key         ${key.credential.id}:${key.secret}   (Basic; a new one at each start)`);
  say('');
}
