import { AMOUNT_EXTENSION, BANKED_EXTENSION } from '../door/extensions.js';
import { type KeyedId } from '../keyed-id.js';
import { endOfDay, momentWithin, type Presentation } from './presentation.js';
import { type AssessmentRow, type ClickRow, type SubmissionRow } from './tables.js';
import { type ClickWords, HOME, siteIri, submitted, workIri, workType } from './vocabulary.js';

/** A statement, and since when the university could have used it. */
export interface KnownStatement {
  readonly statement: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly knownAt: string;
}

const actor = (student: string) => ({ objectType: 'Agent', account: { homePage: HOME, name: student } });

/** The number that spreads the rows of a day over its hours: it comes from the id, so that order in a file does not matter. */
const spreadOf = (id: string) => Number.parseInt(id.slice(0, 8), 16);

/** Ids that the source does not have: of statements, and of each enrolment as its registration. */
export interface OuladIds {
  readonly of: KeyedId;
  readonly registration: (run: Presentation, student: string) => string;
}

/** One registration for each enrolment: kept, since an enrolment has hundreds of rows. */
export function ouladIds(of: KeyedId): OuladIds {
  const kept = new Map<string, string>();
  const registration = (run: Presentation, student: string): string => {
    const enrolment = `${run.class}/${student}`;
    let id = kept.get(enrolment);
    if (id === undefined) kept.set(enrolment, (id = of('registration', run.class, student)));
    return id;
  };
  return { of, registration };
}

function contextOf(run: Presentation, student: string, ids: OuladIds) {
  return {
    registration: ids.registration(run, student),
    contextActivities: { grouping: [{ id: run.iri, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }] },
  };
}

/**
 * One row of studentVle: so many clicks of a student on a site on a day.
 *
 * @param occurrence 1, or more for exact twins: the source holds 89,529 rows that say the same as an earlier one
 */
export function clickStatement(
  run: Presentation,
  row: ClickRow,
  day: number,
  words: ClickWords,
  occurrence: number,
  ids: OuladIds,
): KnownStatement {
  const statementId = ids.of('click', run.class, row.id_student, row.id_site, day, row.sum_click, occurrence);
  const timestamp = momentWithin(run, day, spreadOf(statementId));
  return {
    knownAt: timestamp,
    statement: {
      id: statementId,
      actor: actor(row.id_student),
      verb: words.verb,
      object: { objectType: 'Activity', id: siteIri(row.id_site), definition: { type: words.type } },
      result: { extensions: { [AMOUNT_EXTENSION]: Number(row.sum_click) } },
      context: contextOf(run, row.id_student, ids),
      timestamp,
    },
  };
}

/**
 * One row of studentAssessment: a piece of work handed in, with its mark if it has one.
 *
 * One statement holds both, because the source knows one day only: the mark counts as given out on the day of the
 * submission. A banked mark was earned in an earlier attempt; the source dates it before the course.
 */
export function submissionStatement(
  run: Presentation,
  work: AssessmentRow,
  row: SubmissionRow,
  day: number,
  ids: OuladIds,
): KnownStatement {
  const statementId = ids.of('submission', row.id_assessment, row.id_student);
  const banked = row.is_banked === '1';
  const timestamp = banked ? endOfDay(run, day) : momentWithin(run, day, spreadOf(statementId));
  const raw = Number(row.score);
  const result = {
    completion: true,
    ...(row.score !== '' && { score: { scaled: raw / 100, raw, min: 0, max: 100 } }),
    ...(banked && { extensions: { [BANKED_EXTENSION]: true } }),
  };
  return {
    knownAt: timestamp,
    statement: {
      id: statementId,
      actor: actor(row.id_student),
      verb: submitted,
      object: { objectType: 'Activity', id: workIri(row.id_assessment), definition: { type: workType(work.assessment_type) } },
      result,
      context: contextOf(run, row.id_student, ids),
      timestamp,
    },
  };
}
