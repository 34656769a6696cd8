import { type Migration } from '@pharos/runtime/postgres-migrations';

export const logMoves: Migration = {
  number: 23,
  name: 'moves of the log',
  sql: `
-- Positions that a job or an alert noted hold in one epoch of the log. Where they are in the log that it moved to stands in a blob.
CREATE TABLE log_moves (
  from_epoch text PRIMARY KEY,
  to_epoch text NOT NULL,
  map text NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT now()
);
`,
};
