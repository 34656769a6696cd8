import { type Configuration, createLogger, type Logger, readConfiguration } from '@pharos/runtime';
import { openClusterHomes } from '../cluster/open-cluster.js';
import { type EmbeddedHomes, openHomes, type Homes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';

/** What every command starts from. */
export interface CommandContext {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Reads the configuration or refuses, naming every setting that does not fit. */
export function readContext(overrides: Readonly<Record<string, string>> = {}): CommandContext {
  const parsed = readConfiguration(process.env, overrides);
  if (!parsed.ok) throw new Refusal(`the configuration does not fit: ${parsed.problems.join('; ')}`, 2);
  return { configuration: parsed.settings, logger: createLogger(parsed.settings.logLevel, 'pharos'), now: () => new Date() };
}

/** Opens the homes for one piece of work and closes them after it, whatever becomes of it. */
export async function withHomes<T>({ configuration, logger, now }: CommandContext, work: (homes: Homes) => Promise<T>): Promise<T> {
  const homes = await (configuration.mode === 'cluster' ? openClusterHomes : openHomes)(configuration, logger, now);
  try {
    return await work(homes);
  } finally {
    await homes.close();
  }
}

/** The same for what is done to a data folder. @throws Refusal in the mode `cluster` */
export async function withEmbeddedHomes<T>(context: CommandContext, work: (homes: EmbeddedHomes) => Promise<T>): Promise<T> {
  const homes = await openHomes(context.configuration, context.logger, context.now);
  try {
    return await work(homes);
  } finally {
    await homes.close();
  }
}

/** The only tenant, when none is named. @throws Refusal when there are several or none */
export async function tenantOf(homes: Homes, asked: string | undefined): Promise<string> {
  const tenants = await homes.registry.tenants.list();
  if (asked !== undefined) {
    if (tenants.some(({ id }) => id === asked)) return asked;
    throw new Refusal(`no tenant is called ${asked}; there are ${tenants.map(({ id }) => id).join(', ') || 'none'}`, 2);
  }
  if (tenants.length === 1) return tenants[0]!.id;
  throw new Refusal(tenants.length === 0 ? 'there is no tenant yet: make one with pharos tenant add' : `name a tenant with --tenant: ${tenants.map(({ id }) => id).join(', ')}`, 2); // prettier-ignore
}
