import { type Migration } from '@pharos/runtime/postgres-migrations';

export const consents: Migration = {
  number: 27,
  name: 'consents',
  sql: `
-- Folded from ConsentChanged: what a guardian, or the learner, last said about one purpose. No row: nobody was asked.
CREATE TABLE consents (
  tenant text NOT NULL, learner text NOT NULL, purpose text NOT NULL, granted boolean NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, learner, purpose)
);
`,
};
