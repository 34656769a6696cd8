import { LetterDesk, type Resend } from '@pharos/ingest';
import { deadLetters } from '@pharos/warehouse';
import { tenantOf } from './commands/command-context.js';
import { type Homes } from './homes/open-homes.js';
import { createHomeDoor } from './server.js';

interface OfTenant {
  readonly tenant?: string | undefined;
}

export const createLetterDesk = (homes: Homes): LetterDesk =>
  new LetterDesk({ door: createHomeDoor(homes), registry: homes.registry, warehouse: homes.warehouse });

/** Whoever has this machine acts in this name. */
const BY = 'command line';
const MOST = 500;

/** Dead letters, for the command line. */
export const letterWorks = {
  'letters.list': async (homes: Homes, given: OfTenant & { readonly all: boolean }) => {
    const tenant = await tenantOf(homes, given.tenant);
    const letters = await homes.warehouse.tenant(tenant).ask(deadLetters({ limit: MOST }));
    const settled = await homes.registry.tenant(tenant).settledLetters.among(letters.map(({ id }) => id));
    return letters
      .filter(({ id }) => given.all || !settled.has(id))
      .map(({ id, at, source, place, step, reason }) => ({ id, at, source, place, step, reason, settled: settled.get(id)?.how ?? null }));
  },
  'letters.show': async (homes: Homes, given: OfTenant & { readonly id: string }) =>
    createLetterDesk(homes).open(await tenantOf(homes, given.tenant), [given.id]),
  'letters.resend': async (homes: Homes, given: OfTenant & { readonly letters: readonly Resend[] }) =>
    createLetterDesk(homes).resend(await tenantOf(homes, given.tenant), BY, given.letters),
  'letters.dismiss': async (homes: Homes, given: OfTenant & { readonly ids: readonly string[] }) =>
    createLetterDesk(homes).dismiss(await tenantOf(homes, given.tenant), BY, given.ids),
} as const;
