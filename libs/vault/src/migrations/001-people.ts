import { type Migration } from '@pharos/runtime/postgres-migrations';

export const people: Migration = {
  number: 1,
  name: 'people',
  sql: `
-- wrapped_key: the person's own data key, sealed with the master key key_id. Everything else about them is sealed with it.
-- canonical: the token that stands for the person, itself unless linked. One step, never a chain.
-- sourced: blind index of the roster's id; two people whose ids differ are never linked.
-- separate: a link was taken back, so rosters do not link it again.
CREATE TABLE tokens (
  tenant text NOT NULL,
  token text NOT NULL,
  canonical text NOT NULL,
  wrapped_key bytea NOT NULL,
  key_id text NOT NULL,
  profile bytea,
  sourced bytea,
  separate boolean NOT NULL DEFAULT false,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, token)
);
CREATE INDEX tokens_canonical ON tokens (tenant, canonical);
CREATE INDEX tokens_key ON tokens (key_id);

-- token is the first one that the identifier had; it never changes.
CREATE TABLE identifiers (
  tenant text NOT NULL,
  blind bytea NOT NULL,
  token text NOT NULL,
  sealed bytea NOT NULL,
  first_seen timestamptz NOT NULL,
  PRIMARY KEY (tenant, blind),
  FOREIGN KEY (tenant, token) REFERENCES tokens (tenant, token) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifiers_token ON identifiers (tenant, token);
CREATE INDEX identifiers_newest ON identifiers (tenant, first_seen DESC);

CREATE TABLE variants (
  tenant text NOT NULL,
  digest bytea NOT NULL,
  variant text NOT NULL,
  token text NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, digest),
  UNIQUE (tenant, variant),
  FOREIGN KEY (tenant, token) REFERENCES tokens (tenant, token) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX variants_token ON variants (tenant, token);

CREATE TABLE tenant_keys (
  tenant text NOT NULL,
  purpose text NOT NULL,
  wrapped_key bytea NOT NULL,
  key_id text NOT NULL,
  PRIMARY KEY (tenant, purpose)
);

-- Tokens only: so that a late statement does not bring an erased person's key back.
CREATE TABLE erased (
  tenant text NOT NULL,
  token text NOT NULL,
  PRIMARY KEY (tenant, token)
);
`,
};
