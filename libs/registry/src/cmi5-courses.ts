import { type TenantSql } from './tenant-sql.js';

export const moveOns = ['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable'] as const;
/** What has to be said of an assignable unit before a learner moves on (cmi5, 13.1.4). */
export type MoveOn = (typeof moveOns)[number];

/** An assignable unit of a course structure, by its publisher's id. */
export interface Cmi5Unit {
  readonly unit: string;
  readonly moveOn: MoveOn;
  readonly masteryScore?: number;
  readonly launchMethod?: 'OwnWindow' | 'AnyWindow';
  readonly launchParameters?: string;
  readonly entitlementKey?: string;
}

type LanguageMap = Readonly<Record<string, string>>;

export interface Cmi5Block {
  /** The publisher's id. */
  readonly block: string;
  readonly title: LanguageMap;
  readonly parts: readonly Cmi5Part[];
}
export type Cmi5Part = Cmi5Unit | Cmi5Block;

export interface Cmi5Course {
  /** The publisher's id. */
  readonly course: string;
  readonly title: LanguageMap;
  readonly parts: readonly Cmi5Part[];
}

/** A learner's enrolment in a course. */
export interface Cmi5Registration {
  readonly registration: string;
  /** First token of the learner. */
  readonly learner: string;
  readonly course: string;
}

/** Course structures of a tenant, and who is registered for them. */
export interface Cmi5Courses {
  /** Adds a structure, or puts it in the place of the one with its id. */
  put(course: Cmi5Course): Promise<void>;
  find(course: string): Promise<Cmi5Course | undefined>;
  /** Those that hold an assignable unit. */
  withUnit(unit: string): Promise<readonly Cmi5Course[]>;
  /** Registers, where the registration is not known. @returns what stands under it, and whether it was made now */
  register(registration: Cmi5Registration): Promise<Cmi5Registration & { readonly made: boolean }>;
  registration(registration: string): Promise<Cmi5Registration | undefined>;
}

/** Every assignable unit within, in the order of the structure. */
export const unitsOf = (parts: readonly Cmi5Part[]): readonly Cmi5Unit[] =>
  parts.flatMap((part) => ('unit' in part ? [part] : unitsOf(part.parts)));

export function createCmi5Courses(sql: TenantSql, now: () => Date): Cmi5Courses {
  const registrationOf = async (registration: string) => {
    const [row] = await sql.query<Cmi5Registration>(
      'SELECT registration, learner, course FROM cmi5_registrations WHERE tenant = $1 AND registration = $2',
      [registration],
    );
    return row;
  };
  return {
    async put(course) {
      await sql.query(
        `INSERT INTO cmi5_courses (tenant, course, units, structure) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant, course) DO UPDATE SET units = excluded.units, structure = excluded.structure`,
        [course.course, unitsOf(course.parts).map(({ unit }) => unit), JSON.stringify(course)],
      );
    },
    async find(course) {
      const [row] = await sql.query<{ structure: Cmi5Course }>('SELECT structure FROM cmi5_courses WHERE tenant = $1 AND course = $2', [
        course,
      ]);
      return row?.structure;
    },
    async withUnit(unit) {
      const rows = await sql.query<{ structure: Cmi5Course }>(
        'SELECT structure FROM cmi5_courses WHERE tenant = $1 AND $2 = ANY(units) ORDER BY course',
        [unit],
      );
      return rows.map(({ structure }) => structure);
    },
    async register({ registration, learner, course }) {
      const made = await sql.query(
        `INSERT INTO cmi5_registrations (tenant, registration, learner, course, made_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING registration`,
        [registration, learner, course, now()],
      );
      return { ...(await registrationOf(registration))!, made: made.length > 0 };
    },
    registration: registrationOf,
  };
}
