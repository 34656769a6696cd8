import { type Migration } from '@pharos/runtime/postgres-migrations';

export const alerts: Migration = {
  number: 3,
  name: 'alert cases and the outbox',
  sql: `
-- The columns beside the state are those that lists choose and order by.
CREATE TABLE alert_cases (
  tenant text NOT NULL,
  alert text NOT NULL,
  version int NOT NULL,
  learner text NOT NULL,
  target text NOT NULL,
  term text NOT NULL,
  school text NOT NULL,
  assignee text,
  status text NOT NULL,
  held boolean NOT NULL,
  probability double precision NOT NULL,
  raised_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  snoozed_until timestamptz,
  state jsonb NOT NULL,
  PRIMARY KEY (tenant, alert)
);
-- One open alert for a concern, whoever raises it and however often at once.
CREATE UNIQUE INDEX alert_cases_concern ON alert_cases (tenant, learner, target, term)
  WHERE status IN ('open', 'acknowledged', 'snoozed', 'contested');
CREATE INDEX alert_cases_caseload ON alert_cases (tenant, assignee, status, probability DESC, alert);
CREATE INDEX alert_cases_learner ON alert_cases (tenant, learner);

CREATE TABLE alert_history (
  tenant text NOT NULL,
  alert text NOT NULL,
  version int NOT NULL,
  fact_id text NOT NULL,
  fact jsonb NOT NULL,
  PRIMARY KEY (tenant, alert, version),
  UNIQUE (tenant, fact_id)
);

-- seq is taken while the entity's row is locked, so it grows with the entity's version.
CREATE TABLE outbox (
  shard int NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  tenant text NOT NULL,
  entity text NOT NULL,
  version int NOT NULL,
  topic text NOT NULL,
  fact jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shard, seq)
);
CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''pharos_outbox'', ''''); RETURN NULL; END';
CREATE TRIGGER outbox_news AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();
`,
};
