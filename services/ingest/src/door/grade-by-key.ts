import { gradeInteraction, isActivity, type Statement } from '@pharos/xapi';
import { type Mark } from '@pharos/xapi/open-answers';

/** An answer to an item of the catalogue, by its activity. */
export interface Answered {
  readonly item: string;
  readonly response: string;
}

/**
 * Marks answers by the keys of the tenant's catalogue, in the order given; undefined for an item that is not in it. Handed in: the computer algebra
 * that it takes is large, and threads that only read and check have no use for it.
 */
export type MarkAnswers = (tenant: string, answers: readonly Answered[]) => Promise<readonly (Mark | undefined)[]>;

export type GradeByKey = { readonly correct: boolean; readonly credit: number } | { readonly ungraded: string };

interface Open extends Answered {
  readonly index: number;
}

/**
 * Grades answers that state no success, and that their own patterns cannot grade, by the catalogue's key of their item: numbers with units, algebra, short
 * text. Before they are sealed, as all grading. What is not sure is no verdict: it stays ungraded, and waits for a teacher.
 *
 * Nothing is asked where a batch holds no such answer, which is nearly always: platforms state a success or a pattern.
 *
 * @returns by place in the batch
 */
export async function gradesByKey(markAnswers: MarkAnswers | undefined, tenant: string, statements: readonly Statement[]): Promise<ReadonlyMap<number, GradeByKey>> {
  const open = markAnswers === undefined ? [] : statements.flatMap(openAnswer);
  if (open.length === 0) return new Map();
  const marks = await markAnswers!(tenant, open.map(({ item, response }) => ({ item, response })));
  const graded = open.flatMap(({ index }, at): [number, GradeByKey][] => {
    const mark = marks[at];
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
