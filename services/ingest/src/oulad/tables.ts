import { type Row, type Table } from './read-table.js';

const table = <const Column extends string>(names: readonly string[], columns: readonly Column[]): Table<Column> => ({ names, columns });

/** The tables of the data set, as published and as they lie about in parts. */
export const tables = {
  courses: table(['courses'], ['code_module', 'code_presentation', 'module_presentation_length']),
  assessments: table(['assessments'], ['code_module', 'code_presentation', 'id_assessment', 'assessment_type', 'date', 'weight']),
  students: table(
    ['studentInfo'],
    [
      'code_module', 'code_presentation', 'id_student', 'gender', 'region', 'highest_education', 'imd_band', 'age_band',
      'num_of_prev_attempts', 'studied_credits', 'disability', 'final_result',
    ],
  ),
  registrations: table(
    ['studentRegistration'],
    ['code_module', 'code_presentation', 'id_student', 'date_registration', 'date_unregistration'],
  ),
  submissions: table(['studentAssessment'], ['id_assessment', 'id_student', 'date_submitted', 'is_banked', 'score']),
  sites: table(['vle'], ['id_site', 'code_module', 'code_presentation', 'activity_type']),
  clicks: table(
    ['studentVle', 'studentVle.first-1048575-rows'],
    ['code_module', 'code_presentation', 'id_student', 'id_site', 'date', 'sum_click'],
  ),
  totals: table(
    ['click-features-all-presentations'],
    ['code_module', 'code_presentation', 'id_student', 'clicks_pre', 'rows_pre', 'clicks_le56', 'rows_le56'],
  ),
} as const; // prettier-ignore

type RowOf<T> = T extends Table<infer Column> ? Row<Column> : never;
export type CourseRow = RowOf<typeof tables.courses>;
export type AssessmentRow = RowOf<typeof tables.assessments>;
export type StudentRow = RowOf<typeof tables.students>;
export type RegistrationRow = RowOf<typeof tables.registrations>;
export type SubmissionRow = RowOf<typeof tables.submissions>;
export type SiteRow = RowOf<typeof tables.sites>;
export type ClickRow = RowOf<typeof tables.clicks>;
export type TotalsRow = RowOf<typeof tables.totals>;
