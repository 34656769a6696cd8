import { classList, type ClassRow, modelHistory, type Warehouse } from '@pharos/warehouse';
import { type Clock } from '../tokens.js';
import { type Titles } from './titles.js';

/** Classes change when a roster comes in; half a minute later is soon enough for a title. */
const KEPT_MS = 30_000;

interface Kept<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
}

/** Schools, courses and classes of a tenant, and when its models were trained: asked for by every view, so kept for a moment. */
export class Places {
  private readonly rows = new Map<string, Kept<readonly ClassRow[]>>();
  private readonly trained = new Map<string, Kept<ReadonlyMap<string, string>>>();

  constructor(
    private readonly warehouse: Warehouse,
    private readonly now: Clock,
  ) {}

  /** All classes of the tenant. */
  all(tenant: string): Promise<readonly ClassRow[]> {
    return this.kept(this.rows, tenant, () => this.warehouse.tenant(tenant).ask(classList()));
  }

  async titles(tenant: string): Promise<Titles> {
    const rows = await this.all(tenant);
    const classes = new Map(rows.map((row) => [row.class, row.title]));
    const schools = new Map(rows.map((row) => [row.school, row.schoolTitle]));
    return { classTitle: (id) => classes.get(id) ?? id, schoolTitle: (id) => schools.get(id) ?? id };
  }

  trainedAsOf(tenant: string): Promise<ReadonlyMap<string, string>> {
    return this.kept(this.trained, tenant, async () => {
      const trained = await this.warehouse.tenant(tenant).ask(modelHistory({ type: 'ModelTrained' }));
      return new Map(trained.flatMap((entry) => (entry.type === 'ModelTrained' ? [[entry.data.model, entry.data.asOf] as const] : [])));
    });
  }

  private kept<Value>(cache: Map<string, Kept<Value>>, tenant: string, read: () => Promise<Value>): Promise<Value> {
    const at = this.now().getTime();
    const known = cache.get(tenant);
    if (known && at - known.at < KEPT_MS && at >= known.at) return known.value;
    const value = read();
    cache.set(tenant, { at, value });
    // A failed look-up is not kept; whoever asked is told by the promise itself.
    value.catch(() => cache.delete(tenant));
    return value;
  }
}
