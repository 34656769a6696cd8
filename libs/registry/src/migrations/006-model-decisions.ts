import { type Migration } from '@pharos/runtime/postgres-migrations';

export const modelDecisions: Migration = {
  number: 6,
  name: 'what people decided about models',
  sql: `
-- One row per target, locked while a person decides: two people cannot both win, and their facts leave in this order.
CREATE TABLE model_decisions (
  tenant text NOT NULL REFERENCES tenants,
  target text NOT NULL,
  version int NOT NULL,
  -- What was promoted last, and when: its fold into models_in_use may still be under way.
  promoted text,
  promoted_at text,
  PRIMARY KEY (tenant, target)
);
`,
};
