import { type Forward, type ForwardFilter } from '@pharos/registry';
import { tenantOf } from './commands/command-context.js';
import { forwardFrom } from './forwarding.js';
import { type Homes } from './homes/open-homes.js';
import { Refusal } from './refusal.js';

interface OfTenant {
  readonly tenant?: string | undefined;
}
interface NewForward extends OfTenant {
  readonly name: string;
  readonly kind: string;
  readonly url: string;
  readonly version: string;
  readonly secret: string;
  readonly filter: ForwardFilter;
  readonly withIdentities: boolean;
  /** From what is stored after now, instead of from the beginning. */
  readonly fromNow: boolean;
}

const oneOf = <T extends string>(what: string, value: string, known: readonly T[]): T => {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Refusal(`${what} is one of ${known.join(', ')}`, 2);
  return found;
};

/** Targets that statements are forwarded to, for the command line. */
export const forwardWorks = {
  'forward.add': async ({ registry, vault, log, ...homes }: Homes, asked: NewForward) => {
    const tenant = await tenantOf({ registry, vault, log, ...homes }, asked.tenant);
    if (!URL.canParse(asked.url) || !/^https?:$/.test(new URL(asked.url).protocol))
      throw new Refusal('--url has to be an http or https address', 2);
    const kind = oneOf('--kind', asked.kind, ['xapi', 'webhook']);
    if (kind === 'xapi' && !asked.secret.includes(':'))
      throw new Refusal('the secret of a record store is its key and secret, as key:secret', 2);
    const made = await registry.tenant(tenant).forwards.create({
      name: asked.name,
      kind,
      url: asked.url,
      version: oneOf('--xapi-version', asked.version, ['1.0.3', '2.0.0']),
      sealedSecret: await vault.sealForTenant(tenant, asked.secret),
      filter: asked.filter,
      withIdentities: asked.withIdentities,
      position: await forwardFrom(log)(asked.fromNow),
    });
    return shown(made);
  },
  'forward.list': async (homes: Homes, { tenant }: OfTenant) =>
    (await homes.registry.tenant(await tenantOf(homes, tenant)).forwards.list()).map(shown),
  'forward.active': async (homes: Homes, given: OfTenant & { readonly id: string; readonly active: boolean }) => {
    const known = await homes.registry.tenant(await tenantOf(homes, given.tenant)).forwards.setActive(given.id, given.active);
    if (!known) throw new Refusal(`no target is called ${given.id}`, 2);
    return { id: given.id, active: given.active };
  },
  'forward.remove': async (homes: Homes, given: OfTenant & { readonly id: string }) => {
    if (!(await homes.registry.tenant(await tenantOf(homes, given.tenant)).forwards.remove(given.id)))
      throw new Refusal(`no target is called ${given.id}`, 2);
    return { id: given.id };
  },
} as const;

/** Everything but its secret. */
const shown = ({ id, name, kind, url, version, filter, withIdentities, active, sent, setAside, failures, lastError, nextAttemptAt }: Forward) => ({
  id, name, kind, url, version, filter, withIdentities, active, sent, setAside, failures, lastError,
  nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
}); // prettier-ignore
