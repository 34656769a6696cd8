import { type Migration } from '@pharos/runtime/postgres-migrations';

export const learningResources: Migration = {
  number: 12,
  name: 'resources of the content catalogue',
  sql: `
-- What there is to learn from besides items with keys: which skills it serves, at which level, in which language. The shape of data is the contract's.
CREATE TABLE practice_resources (
  tenant text NOT NULL REFERENCES tenants,
  resource text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant, resource)
);
`,
};
