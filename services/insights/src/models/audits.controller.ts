import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { audits, latestPracticeAudit, modelHistory, type Warehouse } from '@pharos/warehouse';
import { minimumGroupOf } from '../cohorts/minimum-group.js';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readOffset, writeOffset } from '../http/offset-cursor.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { type Clock, CLOCK, REGISTRY, SHELF, WAREHOUSE } from '../tokens.js';
import { auditView, selectionView } from './audit-view.js';
import { fairPracticeView } from './fair-practice-view.js';

const a = routes.audits;

/** What audits found, and what people decided about it. */
@Answers()
export class AuditsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(SHELF) private readonly shelf: ContentShelf,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(a.list)
  async list(@Asked() { caller, query }: Call<typeof a.list>): Promise<Answer<typeof a.list>> {
    const [all, minimum] = await Promise.all([
      this.warehouse.tenant(caller.tenant).ask(audits()),
      minimumGroupOf(this.registry, caller.tenant),
    ]);
    const from = readOffset(query.cursor);
    const to = from + query.limit;
    return { items: all.slice(from, to).map((one) => auditView(one, minimum)), next: to < all.length ? writeOffset(to) : null };
  }

  @Handles(a.selection)
  async selection(@Asked() { caller }: Call<typeof a.selection>): Promise<Answer<typeof a.selection>> {
    const [entries, minimum] = await Promise.all([
      this.warehouse.tenant(caller.tenant).ask(modelHistory({ type: 'SelectionAudited' })),
      minimumGroupOf(this.registry, caller.tenant),
    ]);
    const [latest] = entries;
    if (latest?.type !== 'SelectionAudited') throw notFound();
    return selectionView(latest.data, minimum);
  }

  @Handles(a.practice)
  async practice(@Asked() { caller }: Call<typeof a.practice>): Promise<Answer<typeof a.practice>> {
    const [latest, minimum, { itemById }] = await Promise.all([
      this.warehouse.tenant(caller.tenant).askOne(latestPracticeAudit()),
      minimumGroupOf(this.registry, caller.tenant),
      this.shelf.of(caller.tenant),
    ]);
    if (latest === undefined) throw notFound();
    return fairPracticeView(latest, minimum, (item) => itemById.get(item)?.question);
  }

  @Handles(a.policy)
  async policy(@Asked() { caller }: Call<typeof a.policy>): Promise<Answer<typeof a.policy>> {
    return this.registry.tenant(caller.tenant).policies.get('fairness');
  }

  /** A person's decision, and a fact. Nothing else changes how groups are treated. */
  @Handles(a.decide)
  async decide(@Asked() { caller, body }: Call<typeof a.decide>): Promise<Answer<typeof a.decide>> {
    const { value, version } = body;
    if (value.mitigation && value.reason === '')
      throw new Refusal('not-possible', { detail: 'Say why: the decision is kept with its reason' });
    if (value.mitigation?.kind === 'thresholds' && value.mitigation.policy === null)
      throw new Refusal('not-possible', { detail: 'Thresholds by group need a policy: equal-opportunity or demographic-parity' });
    if (value.mitigation?.kind === 'fewer-features' && value.mitigation.without.length === 0)
      throw new Refusal('not-possible', { detail: 'Name the features that are to be left out' });
    const edit = { by: caller.id, at: this.now().toISOString(), expectedVersion: version };
    const change = await this.registry.tenant(caller.tenant).policies.set('fairness', value, edit);
    if (!change.ok) throw new Refusal(change.code === 'conflict' ? 'conflict' : 'not-possible', { detail: change.reason });
    return { version: change.version, value };
  }
}
