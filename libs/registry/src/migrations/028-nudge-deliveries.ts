import { type Migration } from '@pharos/runtime/postgres-migrations';

export const nudgeDeliveries: Migration = {
  number: 28,
  name: 'deliveries to learners and teachers',
  sql: `
-- What a delivery tells of can also be a nudge (alert then holds its id) or a week's letter to a teacher (alert then holds the letter's id).
ALTER TABLE deliveries DROP CONSTRAINT deliveries_about_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_about_check CHECK (about IN ('alert', 'model', 'source', 'nudge', 'letter'));
-- Who is written to again is asked of every learner each day.
CREATE INDEX learning_records_nudges ON learning_records (tenant, opened_at) WHERE kind = 'nudge';
`,
};
