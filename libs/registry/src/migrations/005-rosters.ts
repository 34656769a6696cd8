import { type Migration } from '@pharos/runtime/postgres-migrations';

export const rosters: Migration = {
  number: 5,
  name: 'what rosters said last',
  sql: `
-- What a roster said last under each natural key: rows are joined from it, and a bulk file is compared with it.
-- Keys and records of people are hashes and tokens.
CREATE TABLE roster_records (
  tenant text NOT NULL REFERENCES tenants,
  kind text NOT NULL,
  key text NOT NULL,
  record jsonb NOT NULL,
  active boolean NOT NULL,
  -- Id of the last fact that came of it; null for rows that only complete others.
  fact text,
  PRIMARY KEY (tenant, kind, key)
);
`,
};
