import path from 'node:path';
import { HINTS_EXTENSION } from '@pharos/xapi';
import { type Sender } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { StatementFeed } from '../imports/statement-feed.js';
import { Counter, type OnProgress, type Tally } from '../imports/tally.js';
import { type KeyedId, keyedIds } from '../keyed-id.js';
import { type FileAnswer, readAnswers } from './read-answers.js';

export interface AnswersImport {
  /** Tab file, ASSISTments CSV or DataShop export; plain or gzip. */
  readonly file: string;
  readonly tenant: string;
  readonly door: Door;
  /** Must have `statements/write` and `history/write`. */
  readonly sender: Sender;
  readonly onProgress?: OnProgress;
}

/** Of the Tin Can registry: which try at its item an answer is. */
const ATTEMPT_EXTENSION = 'http://id.tincanapi.com/extension/attempt-id';
const HOME = 'https://pharos.dev/imports/answers';
const TOLD_EVERY = 1_000;

/**
 * Imports answers of a research file as xAPI statements (`answered`, graded, skills as categories), through the checks of the door. Each answer counts as known
 * since its own moment. Lines that say one answer once per skill become one statement; importing twice adds nothing. Lines that cannot be read become dead letters.
 *
 * @throws UnreadableTable when the file is missing or of no known format
 * @throws ImportStopped when the log cannot take it now, or the sender may not import history
 */
export async function importAnswers({ file, tenant, door, sender, onProgress }: AnswersImport): Promise<Tally> {
  const counter = new Counter(onProgress);
  const name = path.basename(file);
  const feed = new StatementFeed({ door, tenant, sender, version: '1.0.3', source: 'import answers', file: name, counter });
  const ids = keyedIds(await door.vault.hashKey(tenant));
  const twins = new Map<string, number>();
  const bad: { line: number; reason: string }[] = [];
  counter.begin(name);
  let open: FileAnswer | undefined;
  let read = 0;
  const send = async (answer: FileAnswer): Promise<void> => {
    const { statement, timestamp } = statementOf(answer, ids, twins);
    if (feed.push({ statement, line: answer.line, knownAt: timestamp })) await feed.send();
  };
  for await (const answer of readAnswers(file, (line) => bad.push(line))) {
    if (open && sameAnswer(open, answer)) open = { ...open, skills: [...open.skills, ...answer.skills] };
    else {
      if (open) await send(open);
      open = answer;
    }
    if (++read % TOLD_EVERY === 0) counter.read(TOLD_EVERY);
    if (bad.length > 0) await feed.refuse(bad.splice(0).map((line) => letterOf(name, line)));
  }
  if (open) await send(open);
  if (bad.length > 0) await feed.refuse(bad.splice(0).map((line) => letterOf(name, line)));
  await feed.finish();
  counter.read(read % TOLD_EVERY);
  return counter.tally();
}

/** The line's own text names a person and is not repeated: file and line say where it is. */
const letterOf = (file: string, { line, reason }: { readonly line: number; readonly reason: string }) => ({
  place: `${file}:${line}`,
  step: 'readAnswers',
  reason,
  bytes: '',
});

/** Neighbouring lines that differ only in their skill tell one answer. */
function sameAnswer(a: FileAnswer, b: FileAnswer): boolean {
  const told = a.learner === b.learner && a.item === b.item && a.at === b.at && a.correct === b.correct && a.answer === b.answer;
  return told && b.skills.every((skill) => !a.skills.includes(skill)) && b.skills.length > 0;
}

function statementOf(answer: FileAnswer, ids: KeyedId, twins: Map<string, number>) {
  const { learner, item, at, correct, skills, hints, firstTry } = answer;
  const told = `${learner}\t${item}\t${at}\t${answer.answer ?? ''}`;
  const occurrence = (twins.get(told) ?? 0) + 1;
  twins.set(told, occurrence);
  const timestamp = new Date(Math.round(at * 1000)).toISOString();
  const statement = {
    id: ids('answer', learner, item, at, answer.answer ?? '', occurrence),
    actor: { objectType: 'Agent', account: { homePage: HOME, name: learner } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered' } },
    object: {
      objectType: 'Activity',
      id: `${HOME}/items/${encodeURIComponent(item)}`,
      definition: { type: 'http://adlnet.gov/expapi/activities/question' },
    },
    result: { success: correct, ...(hints !== undefined && { extensions: { [HINTS_EXTENSION]: hints } }) },
    ...((skills.length > 0 || firstTry) && {
      context: {
        ...(skills.length > 0 && { contextActivities: { category: skills.map(skillActivity) } }),
        ...(firstTry && { extensions: { [ATTEMPT_EXTENSION]: 1 } }),
      },
    }),
    timestamp,
  };
  return { statement, timestamp };
}

const skillActivity = (skill: string) => ({
  id: `${HOME}/skills/${encodeURIComponent(skill)}`,
  definition: { type: 'http://adlnet.gov/expapi/activities/objective' },
});
