import { type Migration } from '@pharos/runtime/postgres-migrations';

export const readTables: Migration = {
  number: 2,
  name: 'read tables',
  sql: `
-- Every row keeps the place of the last fact that changed it: an older one does not win.

CREATE TABLE caseload (
  tenant text NOT NULL, learner text NOT NULL, school text NOT NULL, counselor text NOT NULL, active boolean NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, learner, school)
);
CREATE INDEX caseload_counselor ON caseload (tenant, counselor, learner) WHERE active;

CREATE TABLE class_teachers (
  tenant text NOT NULL, class text NOT NULL, teacher text NOT NULL, active boolean NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, class, teacher)
);
CREATE INDEX class_teachers_teacher ON class_teachers (tenant, teacher) WHERE active;

CREATE TABLE class_members (
  tenant text NOT NULL, class text NOT NULL, learner text NOT NULL, active boolean NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, class, learner)
);
CREATE INDEX class_members_learner ON class_members (tenant, learner) WHERE active;

CREATE TABLE learner_links (
  tenant text NOT NULL, learner text NOT NULL, canonical text NOT NULL, active boolean NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, learner)
);
CREATE INDEX learner_links_canonical ON learner_links (tenant, canonical) WHERE active;

CREATE TABLE models_in_use (
  tenant text NOT NULL, target text NOT NULL, recipe text NOT NULL, model text NOT NULL, since text NOT NULL, by text NOT NULL,
  partition int NOT NULL, position bigint NOT NULL,
  PRIMARY KEY (tenant, target)
);

CREATE TABLE fold_positions (
  consumer text NOT NULL, topic text NOT NULL, partition int NOT NULL, next_offset bigint NOT NULL,
  PRIMARY KEY (consumer, topic, partition)
);

-- Not folded: an admin's act.
CREATE TABLE guardians (
  tenant text NOT NULL REFERENCES tenants, guardian text NOT NULL, learner text NOT NULL,
  PRIMARY KEY (tenant, guardian, learner)
);
`,
};
