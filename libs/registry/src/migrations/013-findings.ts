import { type Migration } from '@pharos/runtime/postgres-migrations';

export const platformFindings: Migration = {
  number: 13,
  name: 'what platforms get wrong',
  sql: `
-- Counted at the door per credential and cause. Not facts: nothing is derived from them, and they may be cleared.
-- The example is sealed with the tenant's key of the vault, for it may name people.
CREATE TABLE platform_findings (
  tenant text NOT NULL REFERENCES tenants,
  credential text NOT NULL,
  finding text NOT NULL,
  kind text NOT NULL,
  status int,
  path text NOT NULL,
  message text NOT NULL,
  count bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  example text,
  PRIMARY KEY (tenant, credential, finding)
);
`,
};
