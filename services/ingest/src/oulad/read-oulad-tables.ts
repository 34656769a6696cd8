import { type Row, type Table, wholeTable } from './read-table.js';
import { tables } from './tables.js';

const rowsOf = async (dir: string, table: Table<string>): Promise<readonly Row<string>[]> =>
  (await wholeTable(dir, table)).map(({ row }) => row);

/**
 * The tables of OULAD that fit in memory (about 100 MB), each as its rows: all but the single clicks.
 *
 * @throws UnreadableTable when a file is missing or lacks a column
 */
export async function readOuladTables(dir: string) {
  const [courses, students, registrations, assessments, submissions, totals] = await Promise.all([
    rowsOf(dir, tables.courses), rowsOf(dir, tables.students), rowsOf(dir, tables.registrations), rowsOf(dir, tables.assessments),
    rowsOf(dir, tables.submissions), rowsOf(dir, tables.totals),
  ]); // prettier-ignore
  return { courses, students, registrations, assessments, submissions, totals };
}
