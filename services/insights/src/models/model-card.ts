import { auditInWords } from '@pharos/contract';
import { gateEvidence } from '@pharos/facts';
import { discloseAudit, type FairnessReport } from '@pharos/fairness';
import { type AuditEntry, type ModelEntry } from '@pharos/warehouse';
import { courseFigures } from './course-figures.js';

type Trained = Extract<ModelEntry, { type: 'ModelTrained' }>;
type Decided = Extract<ModelEntry, { type: 'ModelPromoted' | 'ModelRejected' }>;

const figure = (value: number | null): string => (value === null ? 'not measurable' : value.toFixed(3));
const named: Readonly<Record<string, string>> = {
  auc: 'AUC', averagePrecision: 'average precision', precisionAt10: 'precision among the first tenth', recallAt10: 'recall of the first tenth',
  servedPrecision: 'precision from the tenant’s threshold on', servedFalseNegativeRate: 'share missed from the tenant’s threshold on', servedCalibrationGap: 'how much higher its probabilities are than what came',
  brier: 'Brier score', logLoss: 'log loss', ece: 'expected calibration error', calibrationSlope: 'calibration slope', calibrationIntercept: 'calibration intercept',
}; // prettier-ignore

const methods: Readonly<Record<Trained['data']['validation']['method'], string>> = {
  'later-classes': 'on classes that ended later than those that it was fitted on',
  'person-folds': 'on learners whom the fit had not seen, in the same classes: nothing later was known, so expect less of it next year',
  none: 'not at all',
};

/** Who reads a card may know so much. */
export interface CardReaders {
  readonly minimum: number;
  readonly titleOf: (course: string) => string;
}

/**
 * The model card (Mitchell et al. 2019) as Markdown, made from facts and from nothing else: what it was learned from, how it was
 * judged, how it came into use, what the audit found, and what it must not be used for.
 *
 * @param entries facts about models, newest first
 * @param readers people under whom a group is not told of, and how courses are called
 * @returns undefined for a model that was never trained
 */
export function modelCard(
  entries: readonly ModelEntry[],
  audit: AuditEntry | undefined,
  model: string,
  { minimum, titleOf }: CardReaders,
): { readonly data: Trained['data']; readonly markdown: string } | undefined {
  const data = entries.filter((entry): entry is Trained => entry.type === 'ModelTrained').find((entry) => entry.data.model === model)?.data;
  if (!data) return undefined;
  const { recipe, target, asOf, window, validation, features } = data;
  const decisions = entries.filter((entry): entry is Decided => entry.type === 'ModelPromoted' || entry.type === 'ModelRejected').filter((entry) => entry.data.model === model); // prettier-ignore
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What it is', [
      `Recipe \`${recipe}\`, learned values \`${model}\`, trained as of ${asOf} with seed ${data.seed}.`,
      `It estimates how likely a learner is to end a class as \`${target}\`, from what was known on the same day of the class.`,
    ]],
    ['Data', [
      data.borrowed
        ? `Another tenant, ${data.borrowed.from}, learned it from ${window.rows} enrolments of ${window.learners} learners of its own; somebody here chose to start from it: ${data.borrowed.reason}`
        : `${window.rows} enrolments of ${window.learners} learners in ${window.classes.length} ended classes: ${window.classes.join(', ')}.`,
      `Of 100 of them ${Math.round(100 * window.baseRate)} ended so.`,
      'Population: learners enrolled and not withdrawn by that day. People are tokens; names never reach a model.',
    ]],
    ['Features', [`${features.length}: ${features.map((name) => `\`${name}\``).join(', ')}.`, 'No protected attribute is among them.']],
    ['How it was judged', [
      `Validated ${methods[validation.method]}: ${validation.rows} enrolments${validation.classes.length > 0 ? ` in ${validation.classes.join(', ')}` : ''}. Intervals are 95 %, resampled by person.`,
      ...Object.entries(validation.metrics).map(([name, { value, low, high }]) => `- ${named[name] ?? name}: ${figure(value)}${low === null ? '' : ` (${figure(low)} to ${figure(high)})`}`),
    ]],
    ['By presentation', presentationLines(validation, titleOf, minimum)],
    ['How it came into use', decisions.length === 0 ? ['Nobody decided about it yet: it does not serve.'] : decisions.map(decisionLine)],
    ['Fairness', audit ? discloseAudit(audit.data.report as FairnessReport, minimum).verdicts.map((verdict) => `- ${auditInWords('en', { ...verdict, groups: [...verdict.groups] }, target)}`) : ['No audit: no protected attribute is declared for enough learners, or it never served.']],
    ['Limits and what it must not be used for', [
      '- It knows associations of former classes, no causes: what it says of "had the work been handed in" is the model\'s answer and no promise.',
      '- It is for offering help. It must not be used to grade, admit, sanction, exclude or rank learners, nor to judge teachers.',
      '- It is for the same week of classes of the same kind; where the inputs moved too far the rule stands in for it, and the page says so.',
      '- Whoever is not named may need help all the same.',
    ]],
  ]; // prettier-ignore
  const markdown = [`# Model card: ${recipe}`, ...sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`)].join('\n\n');
  return { data, markdown: `${markdown}\n` };
}

/** How it did in each course of the held-out term, as far as that may be told. */
function presentationLines(validation: Trained['data']['validation'], titleOf: CardReaders['titleOf'], minimum: number): readonly string[] {
  const courses = courseFigures(validation, undefined, minimum, titleOf);
  if (courses.length === 0) return ['Not measured course by course.'];
  return [
    validation.method === 'later-classes' ? 'Each course of the held-out term, among its own learners.' : 'Each course, among its own learners.',
    ...courses.map(({ title, n, rate, metrics }) => {
      if (n === null || rate === null) return `- ${title}: withheld, too few people.`;
      const about = `${n} enrolments, of 100 of them ${Math.round(100 * rate)} ended so`;
      const told = Object.entries(metrics).map(([name, { value, low, high }]) => `${named[name] ?? name} ${figure(value)}${low === null ? '' : ` (${figure(low)} to ${figure(high)})`}`);
      return `- ${title}: ${about}; ${told.length === 0 ? 'too few to judge' : told.join(', ')}.`;
    }),
  ];
} // prettier-ignore

function decisionLine(entry: Decided): string {
  const evidence = gateEvidence.safeParse(entry.data.evidence);
  const verdict = evidence.success ? ` (${evidence.data.verdict})` : '';
  return `- ${entry.type === 'ModelPromoted' ? 'Promoted' : 'Rejected'} ${entry.at} by ${entry.data.by === 'gate' ? 'the gate' : 'a person'}${verdict}: ${entry.data.reason}`;
}
