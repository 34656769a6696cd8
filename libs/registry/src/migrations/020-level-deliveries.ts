import { type Migration } from '@pharos/runtime/postgres-migrations';

export const levelDeliveries: Migration = {
  number: 20,
  name: 'deliveries about levels',
  sql: `
-- What a platform is told of a change of level (alert then holds the fact's id): the fact itself is in the log alone, and sending must not read the log again.
ALTER TABLE deliveries ADD COLUMN told jsonb;
`,
};
