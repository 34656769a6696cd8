import { type LearnerTable } from '@pharos/learner-models';
import { asFeatureRows, type FeatureRows } from '@pharos/jobs/features/feature-rows';
import { type District, type Term } from '@pharos/simulator';

const names = ['handed_in', 'mark_mean', 'events', 'absences'] as const;

/** Plain signs of each enrolment of a term by a week, from what the platforms sent: enough for a model, without a warehouse. */
export interface Signs {
  readonly learners: readonly string[];
  /** Class of each row, and its course. */
  readonly classes: readonly { readonly class: string; readonly course: string }[];
  readonly table: LearnerTable & { readonly target: Uint8Array; readonly group: Int32Array };
}

interface Seen {
  handedIn: number;
  marks: number[];
  events: number;
}

export function signsOf(district: District, term: Term, week: number): Signs {
  const until = new Date(Date.parse(term.start) + week * 7 * 86_400_000).toISOString();
  const inTerm = new Map(district.classes.filter((one) => one.term.id === term.id).map((one) => [one.iri, one.sourcedId]));
  const byName = new Map(district.learners.flatMap((one) => [one.sourcedId, `mailto:${one.email}`, one.practiceAccount].map((name) => [name, one.sourcedId] as const)));
  const seen = new Map<string, Seen>();
  for (const { statement } of district.statements) {
    const { actor, verb, result, context, timestamp } = statement as never as {
      actor: { account?: { name: string }; mbox?: string }; verb: { id: string }; timestamp: string;
      result?: { score?: { scaled: number } }; context: { contextActivities: { grouping: { id: string }[] } };
    }; // prettier-ignore
    const inClass = inTerm.get(context.contextActivities.grouping[0]!.id);
    if (inClass === undefined || timestamp >= until) continue;
    const key = `${byName.get(actor.account?.name ?? actor.mbox ?? '')}\n${inClass}`;
    const own = seen.get(key) ?? { handedIn: 0, marks: [], events: 0 };
    seen.set(key, own);
    if (verb.id.endsWith('/submit')) own.handedIn += 1;
    else if (result?.score) own.marks.push(result.score.scaled);
    else own.events += 1;
  }
  const absent = new Map<string, number>();
  for (const { learner, on } of district.absences) if (on >= term.start && on < until) absent.set(learner, (absent.get(learner) ?? 0) + 1);
  const ended = new Map(district.outcomes.map((one) => [`${one.learner}\n${one.class}`, one.outcome === 'fail' ? 1 : 0]));
  const classes = new Set(inTerm.values());
  const rows = district.enrolments.filter((one) => classes.has(one.class));
  const people = new Map(district.learners.map(({ sourcedId }, index) => [sourcedId, index]));
  const of = (at: (own: Seen | undefined, learner: string) => number) => Float64Array.from(rows, (row) => at(seen.get(`${row.learner}\n${row.class}`), row.learner));
  const courseOf = new Map(district.classes.map((one) => [one.sourcedId, one.course.id]));
  return {
    learners: rows.map((row) => row.learner),
    classes: rows.map((row) => ({ class: row.class, course: courseOf.get(row.class)! })),
    table: {
      features: names.map((name) => ({ name, family: 'signs' })),
      columns: [
        of((own) => own?.handedIn ?? 0),
        of((own) => (own && own.marks.length > 0 ? own.marks.reduce((sum, mark) => sum + mark, 0) / own.marks.length : Number.NaN)),
        of((own) => own?.events ?? 0),
        of((_, learner) => absent.get(learner) ?? 0),
      ],
      rows: rows.length,
      target: Uint8Array.from(rows, (row) => ended.get(`${row.learner}\n${row.class}`) ?? 0),
      group: Int32Array.from(rows, (row) => people.get(row.learner)!),
    },
  };
} // prettier-ignore

/** Which of the warehouse's features each sign is. */
const features: Readonly<Record<string, (typeof names)[number]>> = {
  work_handed_in: 'handed_in',
  mark_mean: 'mark_mean',
  activity_so_far: 'events',
  absences: 'absences',
};

/** The same as rows of features, for what reads those. */
export function featuresOf({ learners, classes, table }: Signs, term: Term, week: number): FeatureRows {
  const keys = learners.map((learner, row) => ({ learner, ...classes[row]!, term: term.id, school: 's', dayNumber: 7 * week }));
  return asFeatureRows(keys, (name) => (features[name] ? Float64Array.from(table.columns[names.indexOf(features[name])]!) : new Float64Array(table.rows).fill(Number.NaN)));
} // prettier-ignore
