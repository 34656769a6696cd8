import { type Migration } from '@pharos/runtime/postgres-migrations';

export const learning: Migration = {
  number: 17,
  name: 'goals, paths, contests and whatever else people decide about learning',
  sql: `
-- One row for each thing that people decide about (a goal, a path, a placement test), as its facts left it. The columns beside the state are
-- those that lists choose and order by.
CREATE TABLE learning_records (
  tenant text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  version int NOT NULL,
  status text NOT NULL,
  learner text,
  class text,
  opened_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  state jsonb NOT NULL,
  PRIMARY KEY (tenant, kind, id)
);
CREATE INDEX learning_records_learner ON learning_records (tenant, learner, kind) WHERE learner IS NOT NULL;
CREATE INDEX learning_records_class ON learning_records (tenant, class, kind) WHERE class IS NOT NULL;
CREATE INDEX learning_records_open ON learning_records (tenant, kind, status, changed_at);

CREATE TABLE learning_history (
  tenant text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  version int NOT NULL,
  fact_id text NOT NULL,
  fact jsonb NOT NULL,
  PRIMARY KEY (tenant, kind, id, version),
  UNIQUE (tenant, fact_id)
);

-- Not folded: secrets. A calendar program knows no sign-in, so the address itself is the key; it can be revoked, and only its hash is kept.
CREATE TABLE calendar_feeds (
  tenant text NOT NULL REFERENCES tenants,
  learner text NOT NULL,
  secret_hash text NOT NULL UNIQUE,
  locale text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, learner)
);

-- Not folded: the key that signs a tenant's badges, sealed by the vault.
CREATE TABLE signing_keys (
  tenant text NOT NULL REFERENCES tenants,
  kid text NOT NULL,
  public_jwk jsonb NOT NULL,
  private_sealed text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, kid)
);
`,
};
