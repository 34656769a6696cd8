import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type PolicyChange, type PolicyName, type PolicyValues, type Registry } from '@pharos/registry';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type Clock, CLOCK, REGISTRY } from '../tokens.js';
import { webhookView } from './admin-views.js';

const c = routes.catalogue;
const p = routes.policy;
const m = routes.masteryPolicy;
const w = routes.webhooks;

/** A refused change of a policy: somebody else changed it since, or it cannot be so. */
const refused = (change: Extract<PolicyChange, { ok: false }>): Refusal =>
  new Refusal(change.code === 'conflict' ? 'conflict' : 'not-possible', { detail: change.reason });

/** What a tenant decided about itself: the policy of alerts, the next steps, and where alerts are sent. */
@Answers()
export class PoliciesController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  private policies(caller: Caller) {
    return this.registry.tenant(caller.tenant).policies;
  }

  private async set<Name extends PolicyName>(
    caller: Caller,
    name: Name,
    edit: { value: PolicyValues[Name]; version: number; school?: string | undefined },
  ) {
    const { value, version: expectedVersion, school } = edit;
    const by = { by: caller.id, at: this.now().toISOString(), expectedVersion, ...(school === undefined ? {} : { school }) };
    const change = await this.policies(caller).set(name, value, by);
    if (!change.ok) throw refused(change);
    return { version: change.version, value };
  }

  @Handles(c.get)
  async catalogue(@Asked() { caller }: Call<typeof c.get>): Promise<Answer<typeof c.get>> {
    const { value, version } = await this.policies(caller).get('interventions');
    return { version, value: [...value] };
  }

  @Handles(c.put)
  async putCatalogue(@Asked() { caller, body }: Call<typeof c.put>): Promise<Answer<typeof c.put>> {
    const ids = body.value.map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new Refusal('not-possible', { detail: 'Two next steps have the same id' });
    const { value, version } = await this.set(caller, 'interventions', body);
    return { version, value: [...value] };
  }

  @Handles(p.get)
  async policy(@Asked() { caller, query }: Call<typeof p.get>): Promise<Answer<typeof p.get>> {
    return this.policies(caller).get('alerts', query.school);
  }

  @Handles(p.put)
  async putPolicy(@Asked() { caller, query, body }: Call<typeof p.put>): Promise<Answer<typeof p.put>> {
    if (body.value.clearBelow > body.value.raiseAt) throw new Refusal('not-possible', { detail: 'clearBelow must not be above raiseAt' });
    if (query.school !== undefined) await this.sameTarget(caller, body.value.target);
    return this.set(caller, 'alerts', { ...body, school: query.school });
  }

  /** Scores are of one target, so a school can decide when to be warned, and not of what. */
  private async sameTarget(caller: Caller, target: string): Promise<void> {
    const { value } = await this.policies(caller).get('alerts');
    if (value.target === target) return;
    throw new Refusal('not-possible', {
      detail: `All schools are warned of ${value.target}; change the target of the whole tenant instead`,
    });
  }

  @Handles(m.get)
  async mastery(@Asked() { caller }: Call<typeof m.get>): Promise<Answer<typeof m.get>> {
    return this.policies(caller).get('mastery');
  }

  @Handles(m.put)
  async putMastery(@Asked() { caller, body }: Call<typeof m.put>): Promise<Answer<typeof m.put>> {
    return this.set(caller, 'mastery', body);
  }

  @Handles(w.list)
  async webhooks(@Asked() { caller }: Call<typeof w.list>): Promise<Answer<typeof w.list>> {
    return { items: (await this.registry.tenant(caller.tenant).webhooks.list()).map(webhookView) };
  }

  @Handles(w.create)
  async createWebhook(@Asked() { caller, body }: Call<typeof w.create>): Promise<Answer<typeof w.create>> {
    const hook = await this.registry.tenant(caller.tenant).webhooks.create(body);
    return { ...webhookView(hook), secret: hook.secret };
  }

  @Handles(w.remove)
  async removeWebhook(@Asked() { caller, params }: Call<typeof w.remove>): Promise<undefined> {
    if (!(await this.registry.tenant(caller.tenant).webhooks.remove(params.id))) throw notFound();
  }
}
