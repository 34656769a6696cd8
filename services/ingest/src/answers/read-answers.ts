import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { UnreadableTable } from '../oulad/read-table.js';
import { type AnswerColumns, columnsOfHeader } from './formats.js';

/** One answer as a file tells it. */
export interface FileAnswer {
  readonly learner: string;
  readonly item: string;
  /** Seconds; of the epoch where the file gives dates. */
  readonly at: number;
  readonly correct: boolean;
  readonly skills: readonly string[];
  /** Names the answer where the file does. */
  readonly answer?: string;
  /** Hints taken, where the file says so. */
  readonly hints?: number;
  /** Whether it is known to be the first try at its item. */
  readonly firstTry: boolean;
  /** Line of the file, the header being 1. */
  readonly line: number;
}

/** A line that is no answer, and why. */
export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads answers from a research file, plain or gzip, line by line: the tab files, ASSISTments CSV, or an export of DataShop, told apart by their header.
 * Repeated tries at a step (DataShop) are passed over: they are no first answers. Lines that tell a named answer again, once for each skill or twice by mistake, become one
 * answer where it stands first; the file is read twice for that.
 *
 * @param onBad told of each line that cannot be read
 * @throws UnreadableTable when the file is missing or its header fits no format
 * @example for await (const { learner, correct } of readAnswers('answers.tsv', console.error)) …
 */
export async function* readAnswers(file: string, onBad: (bad: BadLine) => void): AsyncGenerator<FileAnswer> {
  const columns = await headerOf(file);
  if (columns.answer < 0) {
    yield* linesOf(file, columns, onBad);
    return;
  }
  const skills = new Map<string, readonly string[]>();
  for await (const answer of linesOf(file, columns, () => undefined)) {
    const name = nameOf(answer);
    skills.set(name, [...new Set([...(skills.get(name) ?? []), ...answer.skills])]);
  }
  for await (const answer of linesOf(file, columns, onBad)) {
    const own = skills.get(nameOf(answer));
    if (own) yield { ...answer, skills: own };
    skills.delete(nameOf(answer));
  }
}

/** What has no name stands by itself. */
const nameOf = ({ learner, item, answer, line }: FileAnswer): string => `${answer ?? `line ${line}`}\t${learner}\t${item}`;

async function* linesOf(file: string, columns: AnswerColumns, onBad: (bad: BadLine) => void): AsyncGenerator<FileAnswer> {
  const { delimiter } = columns;
  const records = bytesOf(file).pipe(
    parse({
      delimiter,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      quote: delimiter === '\t' ? null : '"',
      relax_quotes: true,
    }),
  );
  let line = 0;
  try {
    for await (const record of records as AsyncIterable<readonly string[]>) {
      line++;
      if (line === 1) continue;
      const read = answerOf(record, columns, line);
      if (read === undefined) continue;
      if ('reason' in read) onBad(read);
      else yield read;
    }
  } catch (error) {
    throw new UnreadableTable(`${path.basename(file)} cannot be read after line ${line}: ${(error as Error).message}`);
  }
}

async function headerOf(file: string): Promise<AnswerColumns> {
  const lines = createInterface({ input: bytesOf(file), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const columns = columnsOfHeader(line.replace(/^\uFEFF/, ''));
      if ('missing' in columns)
        throw new UnreadableTable(
          `${path.basename(file)} is none of the formats known (tab, ASSISTments CSV, DataShop transactions or student steps): it lacks ${columns.missing}`,
        );
      return columns;
    }
  } catch (error) {
    if (error instanceof UnreadableTable) throw error;
    throw new UnreadableTable(`${file} cannot be read: ${(error as Error).message}`);
  } finally {
    lines.close();
  }
  throw new UnreadableTable(`${path.basename(file)} is empty`);
}

function bytesOf(file: string): Readable {
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes;
  const text = createGunzip();
  bytes.on('error', (error) => text.destroy(error));
  return bytes.pipe(text);
}

const RIGHT: ReadonlySet<string> = new Set(['1', '1.0', 'true', 'correct', 'ok']);
const WRONG: ReadonlySet<string> = new Set(['0', '0.0', 'false', 'incorrect', 'error', 'bug']);
const of = ({ name }: AnswerColumns['format'], ...names: readonly string[]): boolean => names.includes(name);

function answerOf(record: readonly string[], columns: AnswerColumns, line: number): FileAnswer | BadLine | undefined {
  const cell = (at: number): string => (at < 0 ? '' : (record[at] ?? '').trim());
  const outcome = cell(columns.correct).toLowerCase();
  if (columns.attempt >= 0 && cell(columns.attempt) !== '' && cell(columns.attempt) !== '1') return undefined;
  // Who asked for a hint first has answered, and not rightly; where a file does not say what came first, hints are passed over.
  const asked = outcome === 'hint' && (of(columns.format, 'student-step') || columns.attempt >= 0);
  if (of(columns.format, 'datashop') && !asked && (outcome === 'hint' || outcome === '')) return undefined;
  const correct = RIGHT.has(outcome) ? true : WRONG.has(outcome) || asked ? false : partial(outcome);
  if (correct === undefined) return { line, reason: `"${cell(columns.correct)}" says neither right nor wrong` };
  const learner = cell(columns.learner);
  const item = of(columns.format, 'datashop', 'student-step') ? [cell(columns.problem), cell(columns.item)].join('/') : cell(columns.item);
  if (learner === '' || item === '' || item === '/') return { line, reason: learner === '' ? 'no learner' : 'no item' };
  const moments = columns.at.map(cell).filter((text) => text !== '' && text !== '.');
  const at = secondsOf(moments[0] ?? '');
  if (at === undefined) return { line, reason: `"${moments[0] ?? ''}" is not a moment` };
  const skills = columns.skills
    .flatMap((column) => cell(column).split(/^\d+(?:_\d+)+$/.test(cell(column)) ? '_' : /~~|,(?=\S)/))
    .map((skill) => skill.trim())
    .filter((skill) => skill !== '' && skill !== '.' && !['na', 'null', 'nan'].includes(skill.toLowerCase()));
  const answer = cell(columns.answer);
  const hints = cell(columns.hints);
  const first = of(columns.format, 'student-step') || columns.attempt >= 0 || (of(columns.format, 'assistments') && columns.answer >= 0);
  return { learner, item, at, correct, skills: [...new Set(skills)], line, firstTry: first, ...(answer !== '' && { answer }), ...(/^\d+$/.test(hints) && { hints: Number(hints) }) };
} // prettier-ignore

/** ASSISTments gives part of a mark after hints: only a full mark is a right answer, as in the published protocols. */
function partial(outcome: string): boolean | undefined {
  const value = Number(outcome);
  return outcome !== '' && value > 0 && value < 1 ? false : undefined;
}

function secondsOf(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) > 1e11 ? Number(text) / 1000 : Number(text);
  const moment = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(moment) ? undefined : moment / 1000;
}
