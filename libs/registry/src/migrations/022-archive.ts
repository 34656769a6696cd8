import { type Migration } from '@pharos/runtime/postgres-migrations';

export const archive: Migration = {
  number: 22,
  name: 'segments of the archive',
  sql: `
-- Which run of the log lies under which key in the archive. Each segment names the one before it, so the rows can be made again.
CREATE TABLE log_archive (
  epoch text NOT NULL,
  topic text NOT NULL,
  partition int NOT NULL,
  first bigint NOT NULL,
  next bigint NOT NULL CHECK (next > first),
  blob text NOT NULL,
  bytes bigint NOT NULL,
  archived_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (epoch, topic, partition, first)
);
`,
};
