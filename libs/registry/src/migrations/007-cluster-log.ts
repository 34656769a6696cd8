import { type Migration } from '@pharos/runtime/postgres-migrations';

/** What a log on Kafka keeps here. Empty in the embedded home, whose log keeps its own claims. */
export const clusterLog: Migration = {
  number: 7,
  name: 'claims and positions of the log of a cluster',
  sql: `
-- Pending while position is null. Room is left in each page, so that settling a claim does not touch the index again.
CREATE TABLE log_claims (
  tenant text NOT NULL,
  id text NOT NULL,
  hash text NOT NULL,
  topic text,
  partition int,
  position bigint,
  recorded_at timestamptz,
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 70);

-- Claims that were begun together and are not settled yet: an index of pending claims would be written twice for each.
CREATE TABLE log_claim_batches (
  id text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  claims jsonb NOT NULL,
  places jsonb NOT NULL
);

CREATE TABLE log_positions (
  consumer text NOT NULL,
  topic text NOT NULL,
  partition int NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (consumer, topic, partition)
);
`,
};
