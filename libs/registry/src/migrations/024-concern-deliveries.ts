import { type Migration } from '@pharos/runtime/postgres-migrations';

export const concernDeliveries: Migration = {
  number: 24,
  name: 'deliveries about models',
  sql: `
-- What a delivery tells of: an alert, or (alert then holds the fact's id) a model that left what its backtest had promised.
ALTER TABLE deliveries ADD COLUMN about text NOT NULL DEFAULT 'alert' CHECK (about IN ('alert', 'model'));
`,
};
