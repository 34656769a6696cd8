import { type Migration } from '@pharos/runtime/postgres-migrations';

export const practiceContent: Migration = {
  number: 9,
  name: 'skills and items with hints and known mistakes',
  sql: `
-- What answers are graded by and what is said to them: ladders of hints, known mistakes, keys. Small, edited by people and read whole;
-- the shape of data is the contract's.
CREATE TABLE practice_skills (
  tenant text NOT NULL REFERENCES tenants,
  skill text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant, skill)
);
CREATE TABLE practice_items (
  tenant text NOT NULL REFERENCES tenants,
  item text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant, item)
);
`,
};
