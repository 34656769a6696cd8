import { type TenantSql } from './tenant-sql.js';

/** A page over tokens, in token order. `after`: the last token of the page before. */
export interface TokenPage {
  readonly after?: string;
  /** Default 1,000. */
  readonly limit?: number;
}

/**
 * Who may see whom, folded from roster facts. Learner tokens are canonical: links found later are already followed.
 */
export interface AccessTables {
  /** Learners of a counselor's caseload. */
  learnersOfCounselor(counselor: string, page?: TokenPage): Promise<readonly string[]>;
  /** The counselor of each learner; missing where there is none. */
  counselorsOf(learners: readonly string[]): Promise<ReadonlyMap<string, { readonly counselor: string; readonly school: string }>>;
  /** Classes that a teacher has now. */
  classesOfTeacher(teacher: string): Promise<readonly string[]>;
  /** Learners who are in any of the classes now. */
  learnersOfClasses(classes: readonly string[], page?: TokenPage): Promise<readonly string[]>;
  /** Classes that a learner is in now. */
  classesOfLearner(learner: string): Promise<readonly string[]>;
  /** Those of the learners who are in the counselor's caseload. One query, for checks. */
  amongCounselors(counselor: string, learners: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the learners who are in a class of the teacher now. */
  amongTeachers(teacher: string, learners: readonly string[]): Promise<ReadonlySet<string>>;
  /** Learners of a guardian. */
  learnersOfGuardian(guardian: string): Promise<readonly string[]>;
  /** Sets a guardian's learner. No roster fact speaks of guardians yet: an admin's act. */
  setGuardian(guardian: string, learner: string, active: boolean): Promise<void>;
  /** The token that stands for each learner now: itself where no link is known. Same order. */
  canonical(learners: readonly string[]): Promise<readonly string[]>;
  /** All tokens that stand for this learner, the canonical one first. */
  tokensOf(canonical: string): Promise<readonly string[]>;
}

const defaultPage = 1_000;
/** Joins a table that holds `learner` with the links that hold now; the token that stands for the learner is `canonicalLearner`. */
const withLinks = (table: string, condition: string): string =>
  `(SELECT ${table}.*, coalesce(links.canonical, ${table}.learner) AS canonical_learner FROM ${table}
    LEFT JOIN learner_links links ON links.tenant = ${table}.tenant AND links.learner = ${table}.learner AND links.active
    WHERE ${table}.tenant = $1 AND ${table}.active AND ${condition}) linked`;

export function createAccess(sql: TenantSql): AccessTables {
  const tokens = async (text: string, values: readonly unknown[]): Promise<readonly string[]> =>
    (await sql.query<{ token: string }>(text, values)).map(({ token }) => token);
  const pageOf = (table: string, condition: string, value: unknown, { after = '', limit = defaultPage }: TokenPage = {}) =>
    tokens(
      `SELECT DISTINCT canonical_learner AS token FROM ${withLinks(table, condition)} WHERE canonical_learner > $3 ORDER BY 1 LIMIT $4`,
      [value, after, limit],
    );
  const tokensOf = (canonical: string): Promise<readonly string[]> =>
    tokens(
      `SELECT $2::text AS token UNION ALL
       (SELECT learner FROM learner_links WHERE tenant = $1 AND canonical = $2 AND active AND learner <> $2 ORDER BY learner)`,
      [canonical],
    );
  return {
    learnersOfCounselor: (counselor, page) => pageOf('caseload', 'counselor = $2', counselor, page),
    learnersOfClasses: (classes, page) => pageOf('class_members', 'class = ANY($2)', classes, page),
    async counselorsOf(learners) {
      const rows = await sql.query<{ learner: string; counselor: string; school: string }>(
        `SELECT DISTINCT ON (canonical_learner) canonical_learner AS learner, counselor, school
         FROM ${withLinks('caseload', theseOrLinked('caseload'))}
         WHERE canonical_learner = ANY($2) ORDER BY canonical_learner, position DESC, school`,
        [learners],
      );
      return new Map(rows.map(({ learner, counselor, school }) => [learner, { counselor, school }]));
    },
    classesOfTeacher: (teacher) =>
      tokens('SELECT class AS token FROM class_teachers WHERE tenant = $1 AND teacher = $2 AND active ORDER BY class', [teacher]),
    async classesOfLearner(learner) {
      const own = await tokensOf(learner);
      return tokens('SELECT DISTINCT class AS token FROM class_members WHERE tenant = $1 AND learner = ANY($2) AND active ORDER BY class', [
        own,
      ]);
    },
    async amongCounselors(counselor, learners) {
      return new Set(
        await tokens(
          `SELECT DISTINCT canonical_learner AS token FROM ${withLinks('caseload', `counselor = $3 AND ${theseOrLinked('caseload')}`)} WHERE canonical_learner = ANY($2)`,
          [learners, counselor],
        ),
      );
    },
    async amongTeachers(teacher, learners) {
      const taught = `class IN (SELECT class FROM class_teachers WHERE tenant = $1 AND teacher = $3 AND active) AND ${theseOrLinked('class_members')}`;
      return new Set(
        await tokens(
          `SELECT DISTINCT canonical_learner AS token FROM ${withLinks('class_members', taught)} WHERE canonical_learner = ANY($2)`,
          [learners, teacher],
        ),
      );
    },
    learnersOfGuardian: (guardian) =>
      tokens(
        `SELECT DISTINCT coalesce(links.canonical, guardians.learner) AS token FROM guardians
         LEFT JOIN learner_links links ON links.tenant = guardians.tenant AND links.learner = guardians.learner AND links.active
         WHERE guardians.tenant = $1 AND guardian = $2 ORDER BY 1`,
        [guardian],
      ),
    async setGuardian(guardian, learner, active) {
      const text = active
        ? 'INSERT INTO guardians (tenant, guardian, learner) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
        : 'DELETE FROM guardians WHERE tenant = $1 AND guardian = $2 AND learner = $3';
      await sql.query(text, [guardian, learner]);
    },
    async canonical(learners) {
      const rows = await sql.query<{ learner: string; canonical: string }>(
        'SELECT learner, canonical FROM learner_links WHERE tenant = $1 AND learner = ANY($2) AND active',
        [learners],
      );
      const links = new Map(rows.map(({ learner, canonical }) => [learner, canonical]));
      return learners.map((learner) => links.get(learner) ?? learner);
    },
    tokensOf,
  };
}

/** Rows of the learners in `$2` and of every token that stands for one of them, found by index. */
const theseOrLinked = (table: string): string =>
  `${table}.learner IN (SELECT unnest($2::text[]) UNION SELECT learner FROM learner_links WHERE tenant = $1 AND canonical = ANY($2) AND active)`;
