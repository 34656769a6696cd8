import { readFile } from 'node:fs/promises';
import { AnswerKey } from '@pharos/contract';
import { rowsOfCsv, UnreadableTable } from '@pharos/ingest';
import { markOf } from '@pharos/insights';
import { agreementOfMarks, type MarkedAnswer, type MarkingAgreement } from '@pharos/xapi/open-answers';
import { type Command } from 'commander';
import { Refusal } from '../refusal.js';
import { createReport } from './report.js';

/** Adds `evaluate marks`: how far instant grading agrees with two markers of open answers. */
export function addEvaluateMarks(evaluate: Command): void {
  evaluate
    .command('marks <file>')
    .description(
      'instant grading against two markers: CSV with key (JSON), response, marker_1, marker_2 and, where known, out_of and group',
    )
    .option('--json', 'print every figure as JSON')
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      const agreement = agreementOfMarks(await readMarks(file));
      createReport(json).result({ file, agreement }, agreement.map(inWords).join('\n'));
    });
}

async function readMarks(file: string): Promise<readonly MarkedAnswer[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Refusal(`${file} cannot be read: ${error.message}`, 2);
  });
  try {
    return rowsOfCsv(text, ['key', 'response', 'marker_1', 'marker_2']).map(({ line, cell }) => {
      const key = keyOf(cell('key'), line);
      const outOf = cell('out_of') === '' ? 1 : markIn('out_of', cell('out_of'), Infinity, line);
      const mark = markOf({ key }, cell('response'));
      return {
        group: cell('group'),
        one: markIn('marker_1', cell('marker_1'), outOf, line),
        other: markIn('marker_2', cell('marker_2'), outOf, line),
        share: mark.sure ? mark.share : null,
        outOf,
      };
    });
  } catch (error) {
    if (error instanceof UnreadableTable) throw new Refusal(`${file}: ${error.message}`, 4);
    throw error;
  }
}

function keyOf(text: string, line: number): AnswerKey {
  try {
    return AnswerKey.parse(JSON.parse(text));
  } catch (error) {
    throw new UnreadableTable(`line ${line}: key is none that answers are graded by: ${(error as Error).message.slice(0, 200)}`);
  }
}

function markIn(name: string, text: string, most: number, line: number): number {
  const mark = Number(text);
  if (!Number.isInteger(mark) || mark < 0 || mark > most) {
    throw new UnreadableTable(`line ${line}: ${name} is "${text}", not a whole number from 0${Number.isFinite(most) ? ` to ${most}` : ''}`);
  }
  return mark;
}

const two = (value: number | null): string => (value === null ? 'n/a' : value.toFixed(2));

const inWords = ({ group, answers, graded, betweenMarkers, withOne, withOther }: MarkingAgreement): string =>
  `${group === '' ? 'all' : group}: ${graded} of ${answers} answers graded, the rest left to a teacher; quadratic weighted kappa with marker 1 ${two(withOne)}, with marker 2 ${two(withOther)}, between the markers ${two(betweenMarkers)}`;
