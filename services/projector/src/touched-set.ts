import { type Touched } from '@pharos/warehouse';

interface Of {
  readonly days: Map<string, Set<string>>;
  readonly voided: string[];
}

/** Learner-days whose activity has to be computed again, per tenant. */
export class TouchedSet {
  private readonly tenants = new Map<string, Of>();

  day(tenant: string, learner: string, day: string): void {
    const { days } = this.of(tenant);
    const known = days.get(learner);
    if (known) known.add(day);
    else days.set(learner, new Set([day]));
  }

  voided(tenant: string, statement: string): void {
    this.of(tenant).voided.push(statement);
  }

  /** Takes over what another set holds. */
  merge(other: TouchedSet): void {
    for (const [tenant, { days, voided }] of other.tenants) {
      for (const [learner, set] of days) for (const day of set) this.day(tenant, learner, day);
      for (const statement of voided) this.voided(tenant, statement);
    }
  }

  all(): readonly Touched[] {
    return [...this.tenants].map(([tenant, { days, voided }]) => ({ tenant, days, voided }));
  }

  private of(tenant: string): Of {
    let of = this.tenants.get(tenant);
    if (!of) this.tenants.set(tenant, (of = { days: new Map(), voided: [] }));
    return of;
  }
}
