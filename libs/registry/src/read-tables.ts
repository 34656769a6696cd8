import { type Fact } from '@pharos/facts';
import { type PlacedFact } from './folds.js';
import { type PlacedRow, type PlacedTable } from './placed-rows.js';

const caseload: PlacedTable = {
  name: 'caseload',
  key: ['learner', 'school'],
  columns: { learner: 'text', school: 'text', counselor: 'text', active: 'boolean' },
  // A learner has one counselor at a school: taking a former one away does not take away the present one.
  only: 'excluded.active OR excluded.counselor = held.counselor',
};
const classTeachers: PlacedTable = {
  name: 'class_teachers',
  key: ['class', 'teacher'],
  columns: { class: 'text', teacher: 'text', active: 'boolean' },
};
const classMembers: PlacedTable = {
  name: 'class_members',
  key: ['class', 'learner'],
  columns: { class: 'text', learner: 'text', active: 'boolean' },
};
const learnerLinks: PlacedTable = {
  name: 'learner_links',
  key: ['learner'],
  columns: { learner: 'text', canonical: 'text', active: 'boolean' },
};
const modelsInUse: PlacedTable = {
  name: 'models_in_use',
  key: ['target'],
  columns: { target: 'text', recipe: 'text', model: 'text', since: 'text', by: 'text' },
};

const consents: PlacedTable = {
  name: 'consents',
  key: ['learner', 'purpose'],
  columns: { learner: 'text', purpose: 'text', granted: 'boolean' },
};

/** Tables that are folded from the log, all of which a rebuild empties. */
export const foldedTables = [
  ...[caseload, classTeachers, classMembers, learnerLinks, modelsInUse, consents].map(({ name }) => name),
  'alert_cases',
  'alert_history',
  'learning_records',
  'learning_history',
] as const;

/** The row that a fact makes, if it is one of those that have a table of placed rows. */
export function placedRowOf({ fact, partition, offset }: PlacedFact): { readonly table: PlacedTable; readonly row: PlacedRow } | undefined {
  const made = rowOf(fact);
  return made && { table: made[0], row: { values: made[1], partition, offset } };
}

function rowOf(fact: Fact): readonly [PlacedTable, PlacedRow['values']] | undefined {
  switch (fact.type) {
    case 'CounselorAssigned': {
      const { learner, school, counselor, active } = fact.data;
      return [caseload, { learner, school, counselor, active }];
    }
    case 'TeacherAssigned':
      return [classTeachers, { class: fact.data.class, teacher: fact.data.teacher, active: fact.data.active }];
    case 'LearnerEnrolled':
      return [classMembers, { class: fact.data.class, learner: fact.data.learner, active: true }];
    case 'LearnerWithdrawn':
      return [classMembers, { class: fact.data.class, learner: fact.data.learner, active: false }];
    case 'LearnersLinked':
      return [learnerLinks, { learner: fact.data.learner, canonical: fact.data.canonical, active: fact.data.linked }];
    case 'ModelPromoted': {
      const { target, recipe, model, by } = fact.data;
      return [modelsInUse, { target, recipe, model, by, since: fact.occurredAt }];
    }
    case 'ConsentChanged':
      return [consents, { learner: fact.data.learner, purpose: fact.data.purpose, granted: fact.data.granted }];
    default:
      return undefined; // the other facts have their tables in the warehouse
  }
}
