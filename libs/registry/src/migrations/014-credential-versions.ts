import { type Migration } from '@pharos/runtime/postgres-migrations';

export const credentialVersions: Migration = {
  number: 14,
  name: 'versions of credentials',
  sql: `
-- Counts what was decided about a credential: its facts leave in this order.
ALTER TABLE credentials ADD COLUMN version int NOT NULL DEFAULT 0;
`,
};
