import { type Migration } from '@pharos/runtime/postgres-migrations';

export const forwards: Migration = {
  number: 16,
  name: 'targets that statements are forwarded to',
  sql: `
-- How far a target has what it is to get stands beside it, so that a restart goes on where it was. Its secret is sealed with
-- the tenant's key of the vault.
CREATE TABLE forwards (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('xapi', 'webhook')),
  url text NOT NULL,
  version text NOT NULL,
  sealed_secret text NOT NULL,
  filter jsonb NOT NULL,
  with_identities boolean NOT NULL,
  active boolean NOT NULL DEFAULT true,
  position text NOT NULL,
  sent bigint NOT NULL DEFAULT 0,
  set_aside bigint NOT NULL DEFAULT 0,
  failures int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id)
);
`,
};
