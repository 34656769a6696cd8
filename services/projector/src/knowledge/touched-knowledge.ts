import { type Placed } from '../fold/folded.js';

interface Of {
  /** Tokens whose answers changed. */
  readonly tokens: Set<string>;
  /** Tokens whose links changed; most gave no answers. */
  readonly linked: Set<string>;
  /** Statements that were taken back; most are no answers. */
  readonly voided: string[];
  readonly items: { readonly item: string; readonly prefix: boolean; readonly holdsFrom: string }[];
  /** The earliest moment from which a new model holds. */
  modelsFrom: string | undefined;
}

export type TouchedOf = Readonly<Omit<Of, 'modelsFrom'>> & { readonly modelsFrom: string | undefined };

/** Whose mastery has to be worked out again, per tenant. Statements that are no graded answers leave no trace here. */
export class TouchedKnowledge {
  private readonly tenants = new Map<string, Of>();

  note(placed: Placed): void {
    switch (placed.table) {
      case 'answers':
        this.of(placed.row.tenant).tokens.add(placed.row.learner);
        return;
      case 'voids':
        this.of(placed.row.tenant).voided.push(placed.row.target);
        return;
      case 'learner_links':
        this.of(placed.row.tenant).linked.add(placed.row.learner).add(placed.row.canonical);
        return;
      case 'item_placements': {
        const { item, prefix, holds_from: holdsFrom } = placed.row;
        this.of(placed.row.tenant).items.push({ item, prefix: prefix === 1, holdsFrom });
        return;
      }
      case 'knowledge_versions':
        this.from(placed.row.tenant, placed.row.holds_from);
        return;
      default:
    }
  }

  /** Takes over what another set holds. */
  merge(other: TouchedKnowledge): void {
    for (const [tenant, { tokens, linked, voided, items, modelsFrom }] of other.tenants) {
      const own = this.of(tenant);
      for (const token of tokens) own.tokens.add(token);
      for (const token of linked) own.linked.add(token);
      for (const id of voided) own.voided.push(id);
      for (const item of items) own.items.push(item);
      if (modelsFrom !== undefined) this.from(tenant, modelsFrom);
    }
  }

  all(): readonly (readonly [tenant: string, TouchedOf])[] {
    return [...this.tenants];
  }

  private from(tenant: string, moment: string): void {
    const own = this.of(tenant);
    if (own.modelsFrom === undefined || moment < own.modelsFrom) own.modelsFrom = moment;
  }

  private of(tenant: string): Of {
    let of = this.tenants.get(tenant);
    if (!of) this.tenants.set(tenant, (of = { tokens: new Set(), linked: new Set(), voided: [], items: [], modelsFrom: undefined }));
    return of;
  }
}
