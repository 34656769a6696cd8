import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { audits, knownClasses, knownTraces, type ModelEntry, modelHistory, type Warehouse } from '@pharos/warehouse';
import { minimumGroupOf } from '../cohorts/minimum-group.js';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readOffset, writeOffset } from '../http/offset-cursor.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type Places } from '../places/places.js';
import { type Clock, CLOCK, PLACES, REGISTRY, WAREHOUSE } from '../tokens.js';
import { decisionsOf, inputsOf, observationsOf, standingOf } from './gate-view.js';
import { modelCard } from './model-card.js';

const r = routes.gate;

const pageOf = <Item>(all: readonly Item[], { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number }) => {
  const from = readOffset(cursor);
  const to = from + limit;
  return { items: all.slice(from, to), next: to < all.length ? writeOffset(to) : null };
};

/** How models come into use, what was watched while they were, and a person's say in it. */
@Answers()
export class GateController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(PLACES) private readonly places: Places,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  private history(caller: Caller): Promise<readonly ModelEntry[]> {
    return this.warehouse.tenant(caller.tenant).ask(modelHistory());
  }

  private async titles(caller: Caller): Promise<(course: string) => string> {
    const titles = new Map((await this.places.all(caller.tenant)).map((one) => [one.course, one.courseTitle]));
    return (course) => titles.get(course) ?? course;
  }

  @Handles(r.standing)
  async standing(@Asked() { caller }: Call<typeof r.standing>): Promise<Answer<typeof r.standing>> {
    const registry = this.registry.tenant(caller.tenant);
    const { target } = (await registry.policies.get('alerts')).value;
    const asOf = this.now().toISOString();
    const [used, classes, traces] = await Promise.all([
      registry.modelsInUse.get(target),
      this.warehouse.tenant(caller.tenant).ask(knownClasses({ asOf })),
      this.warehouse.tenant(caller.tenant).askOne(knownTraces()),
    ]);
    const about = { ...(used && { model: used.model }), type: 'ModelTrained' as const };
    const [entry] = used ? await this.warehouse.tenant(caller.tenant).ask(modelHistory(about)) : [];
    const borrowedFrom = entry?.type === 'ModelTrained' ? entry.data.borrowed?.from : undefined;
    return standingOf(target, used && { ...used, borrowedFrom }, classes, asOf.slice(0, 10), traces ?? { activity: false, dueWork: false });
  }

  @Handles(r.decisions)
  async decisions(@Asked() { caller, query }: Call<typeof r.decisions>): Promise<Answer<typeof r.decisions>> {
    return pageOf(decisionsOf(await this.history(caller), query.target), query);
  }

  @Handles(r.inputs)
  async inputs(@Asked() { caller, query }: Call<typeof r.inputs>): Promise<Answer<typeof r.inputs>> {
    const [entries, titleOf] = await Promise.all([this.history(caller), this.titles(caller)]);
    return pageOf(inputsOf(entries, titleOf), query);
  }

  @Handles(r.observations)
  async observations(@Asked() { caller, query }: Call<typeof r.observations>): Promise<Answer<typeof r.observations>> {
    const [entries, minimum] = await Promise.all([this.history(caller), minimumGroupOf(this.registry, caller.tenant)]);
    return pageOf(observationsOf(entries, minimum), query);
  }

  @Handles(r.card)
  async card(@Asked() { caller, params }: Call<typeof r.card>): Promise<Answer<typeof r.card>> {
    const [entries, [audit], minimum, titleOf] = await Promise.all([
      this.history(caller),
      this.warehouse.tenant(caller.tenant).ask(audits({ model: params.model })),
      minimumGroupOf(this.registry, caller.tenant),
      this.titles(caller),
    ]);
    const card = modelCard(entries, audit, params.model, { minimum, titleOf });
    if (!card) throw notFound();
    const { model, recipe, target, asOf } = card.data;
    return { model, recipe, target, asOf, markdown: card.markdown };
  }

  @Handles(r.decide)
  async decide(@Asked() { caller, params, body }: Call<typeof r.decide>): Promise<Answer<typeof r.decide>> {
    const { model } = params;
    const entries = await this.history(caller);
    const recipeOf = (hash: string) => entries.find((entry) => entry.type === 'ModelTrained' && entry.data.model === hash)?.data.recipe;
    const trained = entries.find((entry) => entry.type === 'ModelTrained' && entry.data.model === model);
    if (!trained) throw notFound();
    const { recipe, target } = trained.data;
    const { outcome, reason, inUse } = body;
    const at = this.now().toISOString();
    const evidence = {
      kind: 'person' as const, week: null, against: inUse === null ? null : { recipe: recipeOf(inUse) ?? 'unknown', model: inUse }, verdict: 'by-person' as const, classes: [], rows: 0,
      capacity: 0, selected: 0, precision: null, logLoss: null, budget: null, fairness: null,
    }; // prettier-ignore
    const taken = await this.registry
      .tenant(caller.tenant)
      .modelsInUse.decide({ outcome, model, recipe, target, reason, by: caller.id, at, inUse, evidence });
    if (!taken.ok) {
      const present = taken.inUse === null ? 'no model' : `model ${taken.inUse}`;
      throw new Refusal('conflict', { detail: `${present} is in use by now: look again before you decide` });
    }
    return { id: taken.fact.id, at, model, recipe, target, outcome, by: caller.id, reason, evidence };
  }
}
