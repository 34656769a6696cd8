import { Inject } from '@nestjs/common';
import { type Answer, type ForwardTarget, routes } from '@pharos/contract';
import { type Forward, type ForwardFilter, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound } from '../http/refusal.js';
import { FORWARD_FROM, REGISTRY, VAULT } from '../tokens.js';
import { type ForwardFrom } from './forward-from.js';

const r = routes.forwards;

/** Everything but its secret. */
const view = ({ id, name, kind, url, version, filter, withIdentities, active, sent, setAside, failures, lastError, nextAttemptAt }: Forward): ForwardTarget => ({
  id, name, kind, url, version, withIdentities, active, sent, setAside, failures, lastError,
  filter: Object.fromEntries(Object.entries(filter).map(([what, values]) => [what, [...(values as readonly string[])]])),
  nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
}); // prettier-ignore

/** Other record stores and webhooks that statements are sent on to. */
@Answers()
export class ForwardsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(FORWARD_FROM) private readonly from: ForwardFrom,
  ) {}

  @Handles(r.list)
  async list(@Asked() { caller }: Call<typeof r.list>): Promise<Answer<typeof r.list>> {
    return { items: (await this.of(caller).list()).map(view) };
  }

  @Handles(r.create)
  async create(@Asked() { caller, body }: Call<typeof r.create>): Promise<Answer<typeof r.create>> {
    const { secret, fromNow, filter, ...told } = body;
    const [sealedSecret, position] = await Promise.all([this.vault.sealForTenant(caller.tenant, secret), this.from(fromNow)]);
    return view(await this.of(caller).create({ ...told, filter: filter as ForwardFilter, sealedSecret, position }));
  }

  @Handles(r.change)
  async change(@Asked() { caller, params, body }: Call<typeof r.change>): Promise<Answer<typeof r.change>> {
    if (!(await this.of(caller).setActive(params.id, body.active))) throw notFound();
    const changed = (await this.of(caller).list()).find(({ id }) => id === params.id);
    // Removed by somebody else between the two.
    if (!changed) throw notFound();
    return view(changed);
  }

  @Handles(r.remove)
  async remove(@Asked() { caller, params }: Call<typeof r.remove>): Promise<undefined> {
    if (!(await this.of(caller).remove(params.id))) throw notFound();
  }

  private of(caller: Caller) {
    return this.registry.tenant(caller.tenant).forwards;
  }
}
