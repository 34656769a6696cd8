import { type NewFact } from '@pharos/facts';
import { type AlertPolicy, type InterventionTemplate } from './policy-defaults.js';

export interface PolicyValues {
  readonly alerts: AlertPolicy;
  readonly interventions: readonly InterventionTemplate[];
}
export type PolicyName = keyof PolicyValues;

export type PolicyChange =
  /** The fact that says so is written to the outbox in the same transaction. */
  | { readonly ok: true; readonly version: number; readonly fact: NewFact }
  | { readonly ok: false; readonly code: 'conflict'; readonly version: number; readonly reason: string }
  | { readonly ok: false; readonly code: 'invalid'; readonly reason: string };

/** What a tenant decided about itself. Where it decided nothing, the defaults in `policy-defaults.ts` hold. */
export interface Policies {
  /** @param school a school's own value if it has one, else the tenant's, else the default */
  get<Name extends PolicyName>(name: Name, school?: string): Promise<{ readonly value: PolicyValues[Name]; readonly version: number }>;
  /** @param expectedVersion what the editor saw (0 for the default); refused as `conflict` when it changed since */
  set<Name extends PolicyName>(
    name: Name,
    value: PolicyValues[Name],
    edit: { readonly by: string; readonly at: string; readonly school?: string; readonly expectedVersion?: number },
  ): Promise<PolicyChange>;
}
