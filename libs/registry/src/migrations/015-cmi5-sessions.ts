import { type Migration } from '@pharos/runtime/postgres-migrations';

export const cmi5Sessions: Migration = {
  number: 15,
  name: 'sessions of cmi5',
  sql: `
-- One launch of an assignable unit. Neither secret is kept: the address to fetch the token from, and the token, are known by
-- their SHA-256. The learner is a token of the vault.
CREATE TABLE cmi5_sessions (
  tenant text NOT NULL REFERENCES tenants,
  session uuid NOT NULL,
  credential text NOT NULL REFERENCES credentials (id),
  learner text NOT NULL,
  activity text NOT NULL,
  registration uuid NOT NULL,
  launch jsonb NOT NULL,
  fetch_hash bytea NOT NULL UNIQUE,
  secret_hash bytea,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  verbs text[] NOT NULL DEFAULT '{}',
  ended_at timestamptz,
  PRIMARY KEY (tenant, session)
);
-- What was said before of the same unit in the same registration is asked for with every statement.
CREATE INDEX cmi5_sessions_by_registration ON cmi5_sessions (tenant, learner, registration, activity);
`,
};
