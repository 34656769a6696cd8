import { workKinds } from '@pharos/facts';
import { type RosterRecord, type RosterRecords } from '@pharos/registry';
import { type RosterRow } from './rows.js';
import { type Line, type Sayer } from './sayings.js';

/** What earlier files said of the things that rows refer to. */
export interface Looked {
  readonly of: (kind: 'orgs' | 'academicSessions' | 'courses' | 'classes' | 'lineItems', key: string) => RosterRecord['record'] | undefined;
}

const REFERENCES = {
  orgs: ['schoolSourcedId'],
  academicSessions: ['termSourcedIds'],
  courses: ['courseSourcedId'],
  classes: ['classSourcedId'],
  lineItems: ['lineItemSourcedId'],
} as const;

/** Asks the registry once per kind for everything that the rows refer to. */
export async function lookUp(records: RosterRecords, lines: readonly Line[]): Promise<Looked> {
  const found = new Map<string, ReadonlyMap<string, RosterRecord>>();
  for (const [kind, columns] of Object.entries(REFERENCES)) {
    const keys = new Set(
      lines.flatMap(({ row }) =>
        columns.flatMap((column) => (row as Readonly<Record<string, string | string[] | undefined>>)[column] ?? []),
      ),
    );
    found.set(kind, keys.size > 0 ? await records.get(kind, [...keys]) : new Map());
  }
  return { of: (kind, key) => found.get(kind)?.get(key)?.record };
}

/**
 * A class joined with its course, school and terms, which must have been told before: orgs, academicSessions and courses
 * come first. Its days reach from the first to the last of its terms; the first term is what a concern counts by.
 */
export function classSaid(now: Date, { of }: Looked): Sayer<RosterRow<'classes'>> {
  return ({ sourcedId, title, courseSourcedId, schoolSourcedId, termSourcedIds, iris = [], status }) => {
    const course = of('courses', courseSourcedId);
    const school = of('orgs', schoolSourcedId);
    const terms = termSourcedIds.map((term) => of('academicSessions', term));
    if (!course) return { column: 'courseSourcedId', message: 'names a course that was not told before' };
    if (!school) return { column: 'schoolSourcedId', message: 'names an org that was not told before' };
    const days = terms.filter((term) => term !== undefined);
    if (days.length === 0 || days.length < terms.length)
      return { column: 'termSourcedIds', message: 'names a session that was not told before' };
    const start = days.map(({ startDate }) => String(startDate)).sort()[0]!;
    const end = days.map(({ endDate }) => String(endDate)).sort().at(-1)!; // prettier-ignore
    const data = {
      class: sourcedId, title, course: courseSourcedId, courseTitle: String(course.title), school: schoolSourcedId, schoolTitle: String(school.name),
      term: termSourcedIds[0]!, start, end, iris,
    }; // prettier-ignore
    const fact = { type: 'ClassDefined', version: 1, key: sourcedId, occurredAt: now.toISOString(), data } as const;
    return [{ key: sourcedId, record: data, active: status !== 'tobedeleted', fact }];
  };
}

/** Where platforms name no address for a piece of work, it is known by this one. */
export const workIriOf = (lineItem: string) => `https://pharos.dev/roster/lineItems/${encodeURIComponent(lineItem)}`;

export function lineItemSaid(now: Date, { of }: Looked): Sayer<RosterRow<'lineItems'>> {
  return ({ sourcedId, title, classSourcedId, dueDate, weight = 0, kind, iri, resultValueMin = 0, resultValueMax, status }) => {
    if (!of('classes', classSourcedId)) return { column: 'classSourcedId', message: 'names a class that was not told before' };
    const data = {
      work: iri ?? workIriOf(sourcedId), class: classSourcedId, title, kind: workKinds.find((known) => known === kind) ?? 'other', weight,
      ...(dueDate !== undefined && { dueOn: dueDate }),
    }; // prettier-ignore
    const fact = { type: 'WorkDue', version: 1, key: classSourcedId, occurredAt: now.toISOString(), data } as const;
    return [
      { key: sourcedId, record: { ...data, min: resultValueMin, max: resultValueMax ?? null }, active: status !== 'tobedeleted', fact },
    ];
  };
}
