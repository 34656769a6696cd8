import { gradeInteraction, isActivity, type Statement } from '@pharos/xapi';
import { type Mark } from '@pharos/xapi/open-answers';

/**
 * How items of the tenant's catalogue are marked, by activity; those that are not in it are left out. Handed in: the computer algebra that it takes is large,
 * and threads that only import have no use for it.
 */
export type ItemMarks = (tenant: string, items: readonly string[]) => Promise<ReadonlyMap<string, (answer: string) => Mark>>;

export type GradeByKey = { readonly correct: boolean; readonly credit: number } | { readonly ungraded: string };

interface Open {
  readonly index: number;
  readonly item: string;
  readonly response: string;
}

/**
 * Grades answers that state no success, and that their own patterns cannot grade, by the catalogue's key of their item: numbers with units, algebra, short
 * text. Before they are sealed, as all grading. What is not sure is no verdict: it stays ungraded, and waits for a teacher.
 *
 * Nothing is asked where a batch holds no such answer, which is nearly always: platforms state a success or a pattern.
 *
 * @returns by place in the batch
 */
export async function gradesByKey(marksOf: ItemMarks | undefined, tenant: string, statements: readonly Statement[]): Promise<ReadonlyMap<number, GradeByKey>> {
  const open = marksOf === undefined ? [] : statements.flatMap(openAnswer);
  if (open.length === 0) return new Map();
  const marks = await marksOf!(tenant, [...new Set(open.map(({ item }) => item))]);
  if (marks.size === 0) return new Map();
  const graded = open.flatMap(({ index, item, response }): [number, GradeByKey][] => {
    const mark = marks.get(item)?.(response);
    if (mark === undefined) return [];
    return [[index, mark.sure ? { correct: mark.correct, credit: mark.share } : { ungraded: mark.because }]];
  });
  return new Map(graded);
} // prettier-ignore

function openAnswer({ object, result }: Statement, index: number): readonly Open[] {
  if (result?.response === undefined || result.success !== undefined || !isActivity(object)) return [];
  const gradable = object.definition !== undefined && 'correct' in gradeInteraction(object.definition, result.response);
  return gradable ? [] : [{ index, item: object.id, response: result.response }];
}
