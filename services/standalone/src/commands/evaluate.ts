import { type Command } from 'commander';
import { readAnswers } from '@pharos/ingest';
import {
  type AnswerEvaluation, type AnswerRow, type Candidate, candidates, evaluateAnswers, historiesOf, isModelError, type LearnerAttempts,
} from '@pharos/learner-models'; // prettier-ignore
import { Refusal } from '../refusal.js';
import { addEvaluateMarks } from './evaluate-marks.js';
import { addEvaluateNext } from './evaluate-next.js';
import { addEvaluatePractice } from './evaluate-practice.js';
import { addEvaluateRisk } from './evaluate-risk.js';
import { addEvaluateStruggle } from './evaluate-struggle.js';
import { createReport, type Report } from './report.js';

interface EvaluateOptions {
  readonly models: string;
  readonly folds: string;
  readonly json?: boolean;
}

/** The two whose figures are asked for: the champion of the real sets, and the ratings that need no fit. */
const USUAL = 'boosted,elo';

export function addEvaluate(program: Command): void {
  const evaluation = program.command('evaluate').description('judge models on real data');
  addEvaluateRisk(evaluation);
  addEvaluateMarks(evaluation);
  addEvaluateNext(evaluation);
  addEvaluatePractice(evaluation);
  addEvaluateStruggle(evaluation);
  evaluation
    .command('answers <file>')
    .description('models of knowledge on a file of answers: folds by learner, each answer foretold before it is seen')
    .option('--models <names>', `which of ${Object.keys(candidates).join(', ')}; or all`, USUAL)
    .option('--folds <number>', 'learners sorted by id, fold = rank mod folds', '5')
    .option('--json', 'print the figures of every fold as JSON')
    .action(evaluate);
}

async function evaluate(file: string, { models, folds, json = false }: EvaluateOptions): Promise<void> {
  const count = Number(folds);
  if (!Number.isInteger(count) || count < 2) throw new Refusal(`--folds ${folds} is not a whole number from 2 on`, 2);
  const names = models === 'all' ? Object.keys(candidates) : models.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !(name in candidates));
  if (unknown.length > 0) throw new Refusal(`no model is called ${unknown.join(', ')}; there are ${Object.keys(candidates).join(', ')}`, 2);
  const { learners, bad } = await readHistories(file);
  const report = createReport(json);
  const chosen = names.map((name) => ({ name, prepare: (training: readonly LearnerAttempts[]) => candidates[name]!(1).fit(training) }));
  const evaluations = run(chosen, learners, count, report, file);
  const champion = [...evaluations].sort((a, b) => a.mean.logLoss - b.mean.logLoss)[0]!.model;
  const answers = learners.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const lines = evaluations.map(
    ({ model, mean }) =>
      `  ${model.padEnd(10)} AUC ${mean.auc?.toFixed(4) ?? 'n/a'}  log loss ${mean.logLoss.toFixed(4)}  ECE ${mean.ece.toFixed(4)}`,
  );
  report.result(
    { file, answers, learners: learners.length, linesRefused: bad, folds: count, champion, models: evaluations },
    [
      `${answers} answers of ${learners.length} learners, ${count} folds by learner${bad > 0 ? `, ${bad} lines could not be read` : ''}`,
      ...lines,
      `  champion by log loss: ${champion}`,
    ].join('\n'),
  );
}

function run(
  chosen: readonly Candidate[],
  learners: readonly LearnerAttempts[],
  folds: number,
  report: Report,
  file: string,
): AnswerEvaluation[] {
  const bar = report.progress('evaluating', chosen.length * folds);
  let done = 0;
  try {
    return chosen.map((candidate) => evaluateAnswers(candidate, learners, folds, () => bar.at(++done, candidate.name)));
  } catch (error) {
    if (isModelError(error)) throw new Refusal(`${file}: ${error.message}`, 4);
    throw error;
  } finally {
    bar.end();
  }
}

async function readHistories(file: string): Promise<{ learners: LearnerAttempts[]; bad: number }> {
  const rows: AnswerRow[] = [];
  let bad = 0;
  for await (const { learner, item, at, correct, skills, answer } of readAnswers(file, () => bad++)) {
    const row = { learner, item, at, correct, ...(answer !== undefined && { answer }) };
    if (skills.length === 0) rows.push(row);
    for (const skill of skills) rows.push({ ...row, skill });
  }
  if (rows.length === 0) throw new Refusal(`${file} has no answers that can be read (${bad} lines refused)`, 4);
  return { learners: historiesOf(rows), bad };
}
