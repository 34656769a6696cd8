import { type RecordReference, referencesBetween, taggedAmong, type TenantWarehouse } from '@pharos/warehouse';

/** So many references of a tenant are kept in memory; where there are more, the engine is asked for those that are needed. */
const MOST_KEPT = 5_000;
/** Facts that came since, and are looked through in the log rather than that the engine is asked anew. */
const NEAR = 100;

/** The references of one tenant, as the tables had them at a moment. */
export interface KeptReferences {
  /** Next offset per partition: every reference below it is here. */
  readonly through: readonly number[];
  readonly references: readonly RecordReference[];
  /** Statements that are referred to, as far as they are stored, by id. */
  readonly targets: ReadonlyMap<string, Omit<RecordReference, 'target'>>;
}

interface Standing {
  kept: KeptReferences | 'too many';
  /** The last asking; one at a time, so that readers who come together ask once. */
  asking: Promise<void>;
}

/**
 * Which statements refer to others. Every query has to know, since who refers to a statement that is found is found with it, and
 * most tenants have few such (a void is one): asked anew each time, they would cost as much as the page itself.
 *
 * A reference never changes and never goes, so what is known stays right, and only what came since is asked for.
 */
export class ReferenceMemory {
  private readonly tenants = new Map<string, Standing>();

  constructor(
    private readonly most = MOST_KEPT,
    private readonly near = NEAR,
  ) {}

  /**
   * The references up to `through`, which may be a little below `folded`: what stands between is the reader's to look at.
   *
   * @param folded next offset per partition that the tables have
   * @returns undefined where there are too many to be kept
   */
  async of(warehouse: TenantWarehouse, folded: readonly number[]): Promise<KeptReferences | undefined> {
    let standing = this.tenants.get(warehouse.tenant);
    if (standing === undefined) {
      const kept = { through: folded.map(() => 0), references: [], targets: new Map() };
      this.tenants.set(warehouse.tenant, (standing = { kept, asking: Promise.resolve() }));
    }
    const of = standing;
    if (this.isBehind(of, folded)) {
      of.asking = of.asking.catch(() => undefined).then(() => this.ask(of, warehouse, folded));
      await of.asking;
    }
    return of.kept === 'too many' ? undefined : of.kept;
  }

  private isBehind({ kept }: Standing, folded: readonly number[]): boolean {
    if (kept === 'too many') return false;
    const { through } = kept;
    return folded.reduce((sum, next, partition) => sum + Math.max(0, next - through[partition]!), 0) > this.near;
  }

  private async ask(standing: Standing, warehouse: TenantWarehouse, folded: readonly number[]): Promise<void> {
    // Somebody who came together with this reader has asked meanwhile.
    if (!this.isBehind(standing, folded) || standing.kept === 'too many') return;
    const { through, references, targets } = standing.kept;
    const upTo = folded.map((next, partition) => Math.max(next, through[partition]!));
    const came = await warehouse.ask(referencesBetween(through, upTo, this.most + 1));
    const all = [...references, ...came];
    if (all.length > this.most) {
      standing.kept = 'too many';
      return;
    }
    const unknown = [...new Set(all.map(({ target }) => target))].filter((id) => !targets.has(id));
    const found = unknown.length === 0 ? [] : await warehouse.ask(taggedAmong(unknown, upTo));
    standing.kept = { through: upTo, references: all, targets: new Map([...targets, ...found.map((one) => [one.id, one] as const)]) };
  }
}
