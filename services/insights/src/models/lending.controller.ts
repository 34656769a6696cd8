import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { knownClasses, type Warehouse } from '@pharos/warehouse';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type Clock, CLOCK, REGISTRY, WAREHOUSE } from '../tokens.js';
import { borrowedFacts, offersTo } from './offers.js';

const r = routes.gate;

/** Starting from another tenant's models: its admin offers them, an admin here chooses them. Both are facts with a reason. */
@Answers()
export class LendingController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(r.offers)
  async offers(@Asked() { caller }: Call<typeof r.offers>): Promise<Answer<typeof r.offers>> {
    const { target } = (await this.registry.tenant(caller.tenant).policies.get('alerts')).value;
    return {
      items: (await offersTo(caller.tenant, target, { registry: this.registry, warehouse: this.warehouse })).map(({ shown }) => shown),
    };
  }

  @Handles(r.borrow)
  async borrow(@Asked() { caller, body }: Call<typeof r.borrow>): Promise<Answer<typeof r.borrow>> {
    const own = this.registry.tenant(caller.tenant);
    const { target } = (await own.policies.get('alerts')).value;
    const at = this.now().toISOString();
    const offer = (await offersTo(caller.tenant, target, { registry: this.registry, warehouse: this.warehouse })).find(
      ({ shown }) => shown.from === body.from,
    );
    if (!offer) throw new Refusal('not-found', { detail: 'No model is offered from there: its admin has to name this tenant first' });
    const classes = await this.warehouse.tenant(caller.tenant).ask(knownClasses({ asOf: at }));
    if (classes.some((one) => one.outcomes > 0 && one.end < at.slice(0, 10)))
      throw new Refusal('not-possible', { detail: 'There are outcomes of your own by now: models learn from those' });
    const { model, recipe } = offer.models[0]!;
    const { reason, inUse } = body;
    const evidence = {
      kind: 'cold-start' as const, week: null, against: { recipe: 'rule', model: inUse }, verdict: 'by-person' as const, classes: [], rows: 0,
      capacity: 0, selected: 0, precision: null, logLoss: null, budget: null, fairness: null,
    }; // prettier-ignore
    const verdict = { outcome: 'promoted' as const, model, recipe, target, reason, by: caller.id, at, inUse, evidence };
    const taken = await own.modelsInUse.decide({ ...verdict, first: borrowedFacts(caller.tenant, offer, { by: caller.id, at, reason }) });
    if (!taken.ok) throw new Refusal('conflict', { detail: 'Another model is in use by now: look again before you decide' });
    return { id: taken.fact.id, at, model, recipe, target, outcome: 'promoted', by: caller.id, reason, evidence };
  }

  @Handles(r.lending)
  async lending(@Asked() { caller }: Call<typeof r.lending>): Promise<Answer<typeof r.lending>> {
    const { version, value } = await this.registry.tenant(caller.tenant).policies.get('lending');
    return { version, value: { ...value, to: [...value.to] } };
  }

  @Handles(r.lend)
  async lend(@Asked() { caller, body }: Call<typeof r.lend>): Promise<Answer<typeof r.lend>> {
    const { value, version } = body;
    if (value.to.length > 0 && value.reason.trim() === '')
      throw new Refusal('not-possible', { detail: 'Say why: the decision is kept with its reason' });
    if (value.to.includes(caller.tenant)) throw new Refusal('not-possible', { detail: 'A tenant cannot start from its own models' });
    const known = new Set((await this.registry.tenants.list()).map(({ id }) => id));
    const unknown = value.to.filter((one) => !known.has(one));
    if (unknown.length > 0)
      throw new Refusal('not-possible', { detail: `No tenant here has the id ${unknown.join(', ')}: ask its admin for it` });
    const edit = { by: caller.id, at: this.now().toISOString(), expectedVersion: version };
    const change = await this.registry.tenant(caller.tenant).policies.set('lending', value, edit);
    if (!change.ok) throw new Refusal(change.code === 'conflict' ? 'conflict' : 'not-possible', { detail: change.reason });
    return { version: change.version, value };
  }
}
