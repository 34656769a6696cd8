import { createHmac } from 'node:crypto';
import { type Level } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type ClassRow, type CohortAsk, type CohortFilter, type Span } from '@pharos/warehouse';
import { type Present } from '../answers/present.js';
import { type Caller } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';
import { type Places } from '../places/places.js';
import { minimumOf } from './minimum-group.js';
import { addDays, termAt, termsOf, type TermSpan } from './spans.js';

export interface Within {
  readonly term?: string | undefined;
  readonly school?: string | undefined;
  readonly course?: string | undefined;
  readonly class?: string | undefined;
  readonly asOf?: string | undefined;
}

/** What a cohort question is asked with, and what its answer needs. */
export interface CohortScope {
  readonly ask: CohortAsk & Span & { readonly target: string; readonly threshold: number };
  readonly asOf: string;
  readonly classes: readonly ClassRow[];
  readonly terms: readonly TermSpan[];
  readonly term: TermSpan | undefined;
  readonly minimum: number;
}

const below: Readonly<Record<Level, Level>> = { tenant: 'school', school: 'course', course: 'class', class: 'class' };

/** The level of the table under a chart: one below what the cohort is narrowed to. One school alone is not a table, so its courses are. */
export function levelBelow(within: Within, schools: number): Level {
  if (within.class !== undefined || within.course !== undefined) return 'class';
  if (within.school !== undefined) return below.school;
  return schools > 1 ? 'school' : 'course';
}

/** What all cohort questions of a request have in common: moment, span, filter, policy, and the tenant's minimum. */
export class CohortDesk {
  constructor(
    private readonly registry: Registry,
    private readonly vault: Vault,
    private readonly places: Places,
    private readonly present: Present,
  ) {}

  /** @throws Refusal for a school that the caller may not see, and for a term that does not exist */
  async scope(caller: Caller, within: Within): Promise<CohortScope> {
    const school = this.schoolOf(caller, within.school);
    const asOf = within.asOf === undefined ? (await this.present.moment()).toISOString() : `${addDays(within.asOf, 1)}T00:00:00.000Z`;
    const today = within.asOf ?? asOf.slice(0, 10);
    const own = this.registry.tenant(caller.tenant);
    const [tenant, rows, policy, key] = await Promise.all([
      this.registry.tenants.get(caller.tenant),
      this.places.all(caller.tenant),
      own.policies.get('alerts', school),
      this.vault.hashKey(caller.tenant),
    ]);
    const terms = termsOf(rows);
    const term = termAt(terms, within.term, today);
    if (within.term !== undefined && !term) throw new Refusal('not-possible', { detail: 'There is no such term' });
    const filter: CohortFilter = {
      ...(term === undefined ? {} : { term: term.term }),
      ...(school === undefined ? {} : { school }),
      ...(within.course === undefined ? {} : { course: within.course }),
      ...(within.class === undefined ? {} : { class: within.class }),
    };
    const span = term === undefined ? { from: today, to: today } : { from: term.from, to: term.to < today ? term.to : today };
    const { target, raiseAt: threshold } = policy.value;
    return {
      ask: { asOf, filter, ...span, target, threshold, cellSecret: createHmac('sha256', key).update('cells').digest('base64url') },
      asOf, classes: rows, terms, term, minimum: minimumOf(tenant?.settings.minimumGroup),
    }; // prettier-ignore
  }

  /** The school to narrow to. Who may see some schools only has to stay within one of them. */
  private schoolOf({ schools }: Caller, asked: string | undefined): string | undefined {
    if (schools.length === 0) return asked;
    if (asked !== undefined && !schools.includes(asked)) throw new Refusal('not-found');
    if (asked === undefined && schools.length > 1) throw new Refusal('not-possible', { detail: 'Choose one of your schools' });
    return asked ?? schools[0];
  }
}
