import { type Migration } from '@pharos/runtime/postgres-migrations';

export const documents: Migration = {
  number: 8,
  name: 'documents and attachments',
  sql: `
-- xAPI documents. scope, registration and id are keyed hashes, so that no name of a person stands in the key;
-- sealed holds content, content type and id, under the learner's own key or, for documents of an activity, the tenant's.
CREATE TABLE documents (
  tenant text NOT NULL REFERENCES tenants,
  kind text NOT NULL CHECK (kind IN ('state', 'activity', 'agent')),
  scope text NOT NULL,
  registration text NOT NULL,
  id text NOT NULL,
  etag text NOT NULL,
  learner text,
  sealed text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, kind, scope, registration, id)
);
-- An erasure asks by learner.
CREATE INDEX documents_learner ON documents (tenant, learner) WHERE learner IS NOT NULL;

-- Raw contents of attachments, once per learner and hash. The sealed bytes are in the blob store.
CREATE TABLE attachments (
  tenant text NOT NULL REFERENCES tenants,
  learner text NOT NULL,
  sha2 text NOT NULL,
  blob text NOT NULL,
  PRIMARY KEY (tenant, learner, sha2)
);
`,
};
