import { quadraticKappa } from './agreement.js';

/** An open answer that two people marked, and what Pharos would have said. Marks are whole numbers from 0 to `outOf`. */
export interface MarkedAnswer {
  readonly group: string;
  readonly one: number;
  readonly other: number;
  /** Share that is right by the grader; null where it left the answer to a teacher. */
  readonly share: number | null;
  readonly outOf: number;
}

/** Quadratic weighted kappas; null where not defined. `graded` of `answers` got a verdict; the rest went to a teacher and are in no kappa with the grader. */
export interface MarkingAgreement {
  readonly group: string;
  readonly answers: number;
  readonly graded: number;
  readonly betweenMarkers: number | null;
  readonly withOne: number | null;
  readonly withOther: number | null;
}

/**
 * How far verdicts agree with two markers, beside how far these agree with each other: in all first, then per group, for a grader may agree in all and still
 * misjudge some.
 *
 * @example agreementOfMarks(answers)[0].withOne // => 0.91
 */
export function agreementOfMarks(answers: readonly MarkedAnswer[]): readonly MarkingAgreement[] {
  const groups = [...Map.groupBy(answers, ({ group }) => group)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [agreementIn('', answers), ...(groups.length > 1 ? groups.map(([group, own]) => agreementIn(group, own)) : [])];
}

function agreementIn(group: string, answers: readonly MarkedAnswer[]): MarkingAgreement {
  const graded = answers.filter(({ share }) => share !== null);
  const given = graded.map(({ share, outOf }) => Math.round(share! * outOf));
  return {
    group,
    answers: answers.length,
    graded: graded.length,
    betweenMarkers: quadraticKappa(answers.map(({ one }) => one), answers.map(({ other }) => other)),
    withOne: quadraticKappa(graded.map(({ one }) => one), given),
    withOther: quadraticKappa(graded.map(({ other }) => other), given),
  };
} // prettier-ignore
