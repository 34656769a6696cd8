import { factId, type NewFact } from '@pharos/facts';
import { z } from 'zod';
import { toOutbox } from './outbox.js';
import {
  type AlertPolicy,
  alertPolicy,
  defaultAlertPolicy,
  defaultFairnessPolicy,
  defaultInterventions,
  defaultLearningPolicy,
  defaultLendingPolicy,
  defaultMasteryPolicy,
  type FairnessPolicy,
  fairnessPolicy,
  type InterventionTemplate,
  interventionTemplate,
  type LearningPolicy,
  learningPolicy,
  type LendingPolicy,
  lendingPolicy,
  type MasteryPolicy,
  masteryPolicy,
} from './policy-defaults.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

export interface PolicyValues {
  readonly alerts: AlertPolicy;
  readonly interventions: readonly InterventionTemplate[];
  readonly fairness: FairnessPolicy;
  readonly mastery: MasteryPolicy;
  readonly learning: LearningPolicy;
  readonly lending: LendingPolicy;
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
  /** The own values of those schools that have one. */
  ofSchools<Name extends PolicyName>(name: Name): Promise<ReadonlyMap<string, PolicyValues[Name]>>;
  /** @param expectedVersion what the editor saw (0 for the default, or for a school's first own value); refused as `conflict` when it changed since */
  set<Name extends PolicyName>(
    name: Name,
    value: PolicyValues[Name],
    edit: { readonly by: string; readonly at: string; readonly school?: string; readonly expectedVersion?: number },
  ): Promise<PolicyChange>;
}

const schemas = {
  alerts: alertPolicy,
  interventions: z.array(interventionTemplate),
  fairness: fairnessPolicy,
  mastery: masteryPolicy,
  learning: learningPolicy,
  lending: lendingPolicy,
} as const;
const defaults: PolicyValues = {
  alerts: defaultAlertPolicy,
  interventions: defaultInterventions,
  fairness: defaultFairnessPolicy,
  mastery: defaultMasteryPolicy,
  learning: defaultLearningPolicy,
  lending: defaultLendingPolicy,
};
const wholeTenant = '';

export function createPolicies(database: TenantDatabase): Policies {
  return {
    async get(name, school = wholeTenant) {
      const [row] = await database.query<{ value: never; version: number }>(
        'SELECT value, version FROM policies WHERE tenant = $1 AND name = $2 AND school = ANY($3) ORDER BY school DESC LIMIT 1',
        [name, [wholeTenant, school]],
      );
      return row ?? { value: defaults[name], version: 0 };
    },
    async ofSchools(name) {
      const rows = await database.query<{ school: string; value: never }>(
        'SELECT school, value FROM policies WHERE tenant = $1 AND name = $2 AND school <> $3 AND version > 0',
        [name, wholeTenant],
      );
      return new Map(rows.map(({ school, value }) => [school, value]));
    },
    set: (name, value, edit) => database.transaction((sql) => setPolicy(sql, name, value, edit)),
  };
}

async function setPolicy<Name extends PolicyName>(
  sql: TenantSql,
  name: Name,
  value: PolicyValues[Name],
  { by, at, school = wholeTenant, expectedVersion }: Parameters<Policies['set']>[2],
): Promise<PolicyChange> {
  const checked = schemas[name].safeParse(value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return { ok: false, code: 'invalid', reason: `${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'unreadable'}` };
  }
  await sql.query(`INSERT INTO policies (tenant, name, school, version, value) VALUES ($1, $2, $3, 0, 'null') ON CONFLICT DO NOTHING`, [
    name,
    school,
  ]);
  const [row] = await sql.query<{ version: number }>(
    'SELECT version FROM policies WHERE tenant = $1 AND name = $2 AND school = $3 FOR UPDATE',
    [name, school],
  );
  const present = row!.version;
  if (expectedVersion !== undefined && expectedVersion !== present) {
    if (present === 0) await sql.query('DELETE FROM policies WHERE tenant = $1 AND name = $2 AND school = $3', [name, school]);
    return {
      ok: false,
      code: 'conflict',
      version: present,
      reason: `the policy was changed since: version ${present}, expected ${expectedVersion}`,
    };
  }
  const version = present + 1;
  await sql.query('UPDATE policies SET version = $4, value = $5 WHERE tenant = $1 AND name = $2 AND school = $3', [
    name,
    school,
    version,
    JSON.stringify(checked.data),
  ]);
  const policy = school === wholeTenant ? name : `${name}/${school}`;
  const fact: NewFact = {
    id: factId('policy', policy, version),
    type: 'PolicyChanged',
    version: 1,
    tenant: sql.tenant,
    key: sql.tenant,
    occurredAt: at,
    data: { policy, by, value: checked.data },
  };
  await toOutbox(sql, [{ entity: `policy/${policy}`, version, topic: 'governance', fact }]);
  return { ok: true, version, fact };
}
