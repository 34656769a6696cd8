import { type Migration } from '@pharos/runtime/postgres-migrations';

export const silenceDeliveries: Migration = {
  number: 26,
  name: 'deliveries about silent sources',
  sql: `
-- An admin is told, too, of a source of data that fell silent or is back (alert then holds the fact's id).
ALTER TABLE deliveries DROP CONSTRAINT deliveries_about_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_about_check CHECK (about IN ('alert', 'model', 'source'));
`,
};
