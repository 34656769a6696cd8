import { type Migration } from '@pharos/runtime/postgres-migrations';

export const platforms: Migration = {
  number: 10,
  name: 'settings of credentials, and settled dead letters',
  sql: `
-- What an integrator decided about a credential besides its scopes.
ALTER TABLE credentials ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';

-- A dead letter stays a fact for ever; here stands what was done about it.
CREATE TABLE settled_letters (
  tenant text NOT NULL REFERENCES tenants,
  letter text NOT NULL,
  how text NOT NULL,
  by text NOT NULL,
  settled_at timestamptz NOT NULL,
  statements text[] NOT NULL,
  PRIMARY KEY (tenant, letter)
);
`,
};
