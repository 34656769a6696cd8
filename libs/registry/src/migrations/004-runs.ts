import { type Migration } from '@pharos/runtime/postgres-migrations';

export const runs: Migration = {
  number: 4,
  name: 'leases, runs, policies, deliveries',
  sql: `
-- A lease that ended keeps its row: its fence must go on growing.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder text,
  fence bigint NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE TABLE job_runs (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  job text NOT NULL,
  slot text NOT NULL,
  as_of text NOT NULL,
  positions jsonb,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  outcome text,
  reason text,
  counts jsonb NOT NULL DEFAULT '{}',
  attempt int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, job, slot)
);
CREATE INDEX job_runs_newest ON job_runs (tenant, started_at DESC);

-- School '' is the tenant's own value.
CREATE TABLE policies (
  tenant text NOT NULL REFERENCES tenants,
  name text NOT NULL,
  school text NOT NULL,
  version int NOT NULL,
  value jsonb NOT NULL,
  PRIMARY KEY (tenant, name, school)
);

CREATE TABLE webhooks (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  url text NOT NULL,
  events text[] NOT NULL,
  secret text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);

CREATE TABLE deliveries (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  alert text NOT NULL,
  channel text NOT NULL,
  target text NOT NULL,
  raise int NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  delivered_at timestamptz,
  abandoned_at timestamptz,
  last_error text,
  PRIMARY KEY (tenant, id),
  -- Never twice for one raise of one alert.
  UNIQUE (tenant, alert, channel, target, raise)
);
CREATE INDEX deliveries_due ON deliveries (tenant, next_attempt_at) WHERE delivered_at IS NULL AND abandoned_at IS NULL;

CREATE TABLE imports (
  tenant text NOT NULL REFERENCES tenants,
  id text NOT NULL,
  kind text NOT NULL,
  file text NOT NULL,
  hash text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  outcome text,
  progress jsonb NOT NULL DEFAULT '{}',
  summary jsonb,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX imports_hash ON imports (tenant, kind, hash);
`,
};
