import { type LearnerClass, type LearnerProfile, type Risk, type RiskPoint } from '@pharos/contract';
import { type ClassRow, type LearnerEnrolment, type Score } from '@pharos/warehouse';
import { sureness } from '../alerts/reasons-view.js';
import { type LearnerOutcome } from '../questions/outcomes.js';

/** A score as a risk. */
export function riskOfScore(score: Score, trainedAsOf: (model: string) => string | undefined): Risk {
  const { target, probability, raw, heldOut, model, recipe, asOf } = score;
  return { target, probability, raw, heldOut, model, recipe, asOf, sure: sureness(recipe, heldOut, asOf, trainedAsOf(model)) };
}

/** A score with its exact contributions. */
export function riskPoint(score: Score): RiskPoint {
  const { asOf, class: id, week, probability, raw, logOdds, intercept, contributions, heldOut, model, recipe } = score;
  return { asOf, class: id, week, probability, raw, logOdds, intercept, contributions: [...contributions], heldOut, model, recipe };
}

/** The last score of each class; scores come oldest first. */
export const lastByClass = (scores: readonly Score[]): ReadonlyMap<string, Score> => new Map(scores.map((score) => [score.class, score]));

/** The enrolments of a learner with the latest risk in each; the latest class first. Classes that no roster defined are left out. */
export function classesOf(
  enrolments: readonly LearnerEnrolment[],
  outcomes: readonly LearnerOutcome[],
  risks: ReadonlyMap<string, Risk>,
  classes: readonly ClassRow[],
): LearnerProfile['classes'] {
  const known = new Map(classes.map((row) => [row.class, row]));
  const ended = new Map(outcomes.map(({ class: id, outcome }) => [id, outcome]));
  const views = enrolments.flatMap(({ class: id, registeredOn, withdrawnOn }): LearnerClass[] => {
    const row = known.get(id);
    if (!row) return [];
    return [
      {
        class: { id, title: row.title },
        course: { id: row.course, title: row.courseTitle },
        school: { id: row.school, title: row.schoolTitle },
        term: row.term, start: row.start, end: row.end, registeredOn, withdrawnOn,
        outcome: ended.get(id) ?? null,
        risk: risks.get(id) ?? null,
      },
    ]; // prettier-ignore
  });
  return views.sort((a, b) => b.start.localeCompare(a.start) || a.class.id.localeCompare(b.class.id));
}
