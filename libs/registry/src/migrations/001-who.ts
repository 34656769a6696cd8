import { type Migration } from '@pharos/runtime/postgres-migrations';

export const who: Migration = {
  number: 1,
  name: 'tenants, users, sessions, credentials',
  sql: `
CREATE TABLE tenants (
  id text PRIMARY KEY,
  name text NOT NULL,
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  login text NOT NULL,
  password_hash text,
  roles text[] NOT NULL,
  person text,
  locale text NOT NULL,
  schools text[] NOT NULL,
  disabled boolean NOT NULL DEFAULT false,
  failed_attempts int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
-- Over all tenants: the sign-in page asks for a login only.
CREATE UNIQUE INDEX users_login ON users (lower(login));
CREATE INDEX users_person ON users (tenant, person) WHERE person IS NOT NULL;

CREATE TABLE sessions (
  secret_hash bytea PRIMARY KEY,
  tenant text NOT NULL,
  user_id text NOT NULL,
  csrf text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (tenant, user_id) REFERENCES users (tenant, id) ON DELETE CASCADE
);
CREATE INDEX sessions_user ON sessions (tenant, user_id);

CREATE TABLE credentials (
  id text PRIMARY KEY,
  tenant text NOT NULL REFERENCES tenants,
  name text NOT NULL,
  scopes text[] NOT NULL,
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  last_seen_at timestamptz
);
CREATE INDEX credentials_tenant ON credentials (tenant);
`,
};
