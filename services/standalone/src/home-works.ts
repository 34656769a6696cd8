import path from 'node:path';
import { writeBackup } from './backup/write-backup.js';
import { readContext, withEmbeddedHomes, withHomes } from './commands/command-context.js';
import { type ControlWorks, askServer } from './control-socket.js';
import { type EmbeddedHomes } from './homes/open-homes.js';
import { exportWorks } from './export-works.js';
import { forwardWorks } from './forward-works.js';
import { keyWorks } from './key-works.js';
import { letterWorks } from './letter-works.js';
import { Refusal } from './refusal.js';
import { tenantWorks } from './tenant-works.js';

/** What a command asks of the homes, whether a running server has them or this process opens them. */
export type HomeWork = (homes: never, given: never) => Promise<unknown>;

/** Every such work by its command's name. */
const works = {
  backup: (homes: EmbeddedHomes, given: { readonly target: string }) => {
    if (!path.isAbsolute(given.target)) throw new Refusal('a backup needs a whole path', 2);
    return writeBackup(homes, given.target);
  },
  ...keyWorks,
  ...letterWorks,
  ...exportWorks,
  ...forwardWorks,
  ...tenantWorks,
} as const satisfies Readonly<Record<string, HomeWork>>;

type Works = typeof works;

/** For a running server: the works over its own homes. */
export const worksOn = (homes: EmbeddedHomes): ControlWorks =>
  Object.fromEntries(Object.entries(works).map(([name, work]) => [name, (given) => work(homes, given as never)]));

/**
 * Does a work where the homes are: a running server has the folder, so it does it; otherwise this process opens it.
 *
 * @throws Refusal when the work is refused
 * @example const manifest = await atHome('backup', { target: '/backups/monday' });
 */
export async function atHome<Name extends keyof Works>(
  command: Name,
  given: Parameters<Works[Name]>[1],
): Promise<Awaited<ReturnType<Works[Name]>>> {
  type Done = Awaited<ReturnType<Works[Name]>>;
  const context = readContext();
  const answer = await askServer(context.configuration.dataDir, { command, given });
  const work = works[command] as HomeWork;
  // This backup is of a data folder, which a cluster does not have.
  const open = command === 'backup' ? withEmbeddedHomes : withHomes;
  if (answer === undefined) return (await open(context, (homes) => work(homes as never, given as never))) as Done;
  if (!answer.ok) throw new Refusal(answer.reason);
  return answer.summary as Done;
}
