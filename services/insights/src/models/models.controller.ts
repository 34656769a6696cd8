import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { audits, knowledgeVersions, modelHistory, type Warehouse } from '@pharos/warehouse';
import { minimumGroupOf } from '../cohorts/minimum-group.js';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound } from '../http/refusal.js';
import { type Places } from '../places/places.js';
import { type Clock, CLOCK, PLACES, REGISTRY, WAREHOUSE } from '../tokens.js';
import { auditView } from './audit-view.js';
import { knowledgeModels } from './knowledge-models.js';
import { modelDetail, modelSummaries } from './model-view.js';

const r = routes.models;

/** Models and what their audits found. */
@Answers()
export class ModelsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(PLACES) private readonly places: Places,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  private async known(caller: Caller) {
    const [entries, used] = await Promise.all([
      this.warehouse.tenant(caller.tenant).ask(modelHistory()),
      this.registry.tenant(caller.tenant).modelsInUse.list(),
    ]);
    return { entries, inUse: new Set(used.map(({ model }) => model)) };
  }

  @Handles(r.list)
  async list(@Asked() { caller }: Call<typeof r.list>): Promise<Answer<typeof r.list>> {
    const { entries, inUse } = await this.known(caller);
    return { items: [...modelSummaries(entries, inUse)] };
  }

  @Handles(r.get)
  async get(@Asked() { caller, params }: Call<typeof r.get>): Promise<Answer<typeof r.get>> {
    const [{ entries, inUse }, minimum, classes] = await Promise.all([
      this.known(caller),
      minimumGroupOf(this.registry, caller.tenant),
      this.places.all(caller.tenant),
    ]);
    const titles = new Map(classes.map((one) => [one.course, one.courseTitle]));
    const titleOf = (course: string): string => titles.get(course) ?? course;
    const detail = modelDetail(entries, inUse, params.model, { minimum, titleOf });
    if (!detail) throw notFound();
    return detail;
  }

  @Handles(r.knowledge)
  async knowledge(@Asked() { caller }: Call<typeof r.knowledge>): Promise<Answer<typeof r.knowledge>> {
    const versions = await this.warehouse.tenant(caller.tenant).ask(knowledgeVersions());
    return { items: knowledgeModels(versions, this.now().toISOString()) };
  }

  @Handles(r.audit)
  async audit(@Asked() { caller, params }: Call<typeof r.audit>): Promise<Answer<typeof r.audit>> {
    const [latest] = await this.warehouse.tenant(caller.tenant).ask(audits({ model: params.model }));
    if (!latest) throw notFound();
    return auditView(latest, await minimumGroupOf(this.registry, caller.tenant));
  }
}
