import { type Migration } from '@pharos/runtime/postgres-migrations';

export const runDecisions: Migration = {
  number: 11,
  name: 'decisions of a run',
  sql: `
-- When an attempt at the slot made its decisions: a later attempt finds them made.
ALTER TABLE job_runs ADD COLUMN decided_at timestamptz;
`,
};
