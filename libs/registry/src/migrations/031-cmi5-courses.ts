import { type Migration } from '@pharos/runtime/postgres-migrations';

export const cmi5Courses: Migration = {
  number: 31,
  name: 'courses of cmi5',
  sql: `
-- Course structures as they were imported. units: ids of the assignable units, to find the course of one.
CREATE TABLE cmi5_courses (
  tenant text NOT NULL REFERENCES tenants,
  course text NOT NULL,
  units text[] NOT NULL,
  structure jsonb NOT NULL,
  PRIMARY KEY (tenant, course)
);
-- A learner's enrolment in a course. The learner is a token of the vault.
CREATE TABLE cmi5_registrations (
  tenant text NOT NULL REFERENCES tenants,
  registration uuid NOT NULL,
  learner text NOT NULL,
  course text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, registration)
);
-- unit: its id in the course structure. saying: statements on their way to the log, whose verbs count once they are there.
-- spoke_at: the time of the last statement.
ALTER TABLE cmi5_sessions ADD COLUMN unit text, ADD COLUMN saying jsonb NOT NULL DEFAULT '[]', ADD COLUMN spoke_at timestamptz;
`,
};
