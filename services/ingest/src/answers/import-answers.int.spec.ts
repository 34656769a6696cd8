import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importer, openTestDoor } from '../testing/open-door.js';
import { importAnswers } from './import-answers.js';
import { type BadLine, readAnswers } from './read-answers.js';

let folder: string;
let opened: Awaited<ReturnType<typeof openTestDoor>>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pharos-answers-'));
  opened = await openTestDoor();
});
afterEach(async () => {
  await opened.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function readAll(file: string) {
  const bad: BadLine[] = [];
  const answers = [];
  for await (const answer of readAnswers(file, (line) => bad.push(line))) answers.push(answer);
  return { answers, bad };
}

const tab = [
  'user_id\titem_id\ttimestamp\tcorrect\tskill_id',
  'u-ann\t7\t100\t1\t3',
  'u-ann\t7\t100\t1\t4',
  'u-ann\t8\t160\tmaybe\t3',
  'u-bea\t7\t90\t0\t3',
];

describe('a file of answers', () => {
  it('becomes graded statements, one per answer, and adds nothing when it is imported again', async () => {
    const file = await written('answers.tsv', tab);
    const run = () => importAnswers({ file, tenant: 't', door: opened.door, sender: importer });
    expect(await run()).toEqual({ appended: 2, known: 0, deadLetters: 1 });
    expect(await run()).toMatchObject({ appended: 0, known: 2 });
    const facts = await opened.facts();
    const recorded = facts.filter(({ type }) => type === 'StatementRecorded');
    expect(recorded).toHaveLength(2);
    expect(recorded.map(({ data }) => data)).toContainEqual(expect.objectContaining({ action: 'answered', correct: true }));
    expect(JSON.stringify(facts)).not.toContain('attempt-id');
    const first = recorded.find(({ knownAt }) => knownAt === '1970-01-01T00:01:40.000Z');
    expect(JSON.stringify(first)).toContain('skills/3');
    expect(JSON.stringify(first)).toContain('skills/4');
    expect(JSON.stringify(facts)).not.toContain('u-ann');
  });

  it('is read as ASSISTments write it: a part of a mark is no right answer', async () => {
    const file = await written('assistments.csv', [
      'order_id,user_id,problem_id,correct,skill_name',
      '11,5,70,1,"Area, Circle"',
      '12,5,71,0.5,',
      '13,5,72,2,Area',
    ]);
    const { answers, bad } = await readAll(file);
    expect(answers).toMatchObject([
      { learner: '5', item: '70', at: 11, correct: true },
      { item: '71', correct: false, skills: [] },
    ]);
    expect(bad).toEqual([{ line: 4, reason: '"2" says neither right nor wrong' }]);
  });

  it('is read as DataShop exports it: first tries only, a hint that was asked for first being none that is right, skills of the first model', async () => {
    const header = [
      'Row',
      'Anon Student Id',
      'Time',
      'Problem Name',
      'Step Name',
      'Attempt At Step',
      'Outcome',
      'KC (Default)',
      'KC Category (Default)',
      'KC (Unique)',
    ];
    const row = (step: string, attempt: string, outcome: string) =>
      ['1', 'Stu_1', '2005-09-09 12:24:35.0', 'P1', step, attempt, outcome, 'add~~carry', '', 'x'].join('\t');
    const lines = [row('S1', '1', 'INCORRECT'), row('S1', '2', 'CORRECT'), row('S2', '1', 'HINT'), row('S2', '2', 'HINT'), row('S2', '3', 'CORRECT'), row('S3', '1', '')]; // prettier-ignore
    const file = await written('export.txt', [header.join('\t'), ...lines]);
    const { answers, bad } = await readAll(file);
    expect(bad).toEqual([]);
    expect(answers).toMatchObject([
      { learner: 'Stu_1', item: 'P1/S1', correct: false, skills: ['add', 'carry'], at: Date.UTC(2005, 8, 9, 12, 24, 35) / 1000, firstTry: true },
      { item: 'P1/S2', correct: false, firstTry: true },
    ]);
    const without = await written('short.txt', ['Anon Student Id\tTime\tProblem Name\tStep Name\tOutcome\tKC (Topic)', 's\t1420714810324\tP\tx\tHINT\tclock', 's\t1420714811324\tP\tx\tCORRECT\tclock']); // prettier-ignore
    expect((await readAll(without)).answers).toMatchObject([{ item: 'P/x', correct: true, at: 1_420_714_811.324, firstTry: false }]);
  });

  it('is read as the skill builder of ASSISTments 2009 comes: its own encoding, an answer once for each skill in places far apart, and some lines twice', async () => {
    const header = 'order_id,assignment_id,user_id,assistment_id,problem_id,original,correct,attempt_count,ms_first_response,tutor_mode,answer_type,sequence_id,student_class_id,position,type,base_sequence_id,skill_id,skill_name,teacher_id,school_id,hint_count,hint_total,overlap_time,template_id,answer_id,answer_text,first_action,bottom_hint,opportunity,opportunity_original'; // prettier-ignore
    const row = (order: number, problem: number, correct: number, skill: string, name: string, hints = 0) =>
      `${order},277618,64525,33139,${problem},1,${correct},1,32454,tutor,algebra,11898,13241,126,MasterySection,11898,${skill},${name},22763,73,${hints},3,32454,30799,,26\u00b0,0,,1,1`;
    const file = path.join(folder, 'skill_builder_data.csv');
    const lines = [header, row(30, 70, 1, '1', 'Box and Whisker'), row(10, 71, 0, '11', '"Area, Circle"', 2), row(10, 71, 0, '11', '"Area, Circle"', 2), row(20, 72, 1, 'NA', ''), row(10, 71, 0, '12', 'Perimeter', 2), row(40, 73, 1, '277_279', 'x')]; // prettier-ignore
    await writeFile(file, Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
    const { answers, bad } = await readAll(file);
    expect(bad).toEqual([]);
    expect(answers.map(({ answer, item, at, correct, skills, hints, firstTry }) => ({ answer, item, at, correct, skills, hints, firstTry }))).toEqual([
      { answer: '30', item: '70', at: 30, correct: true, skills: ['1'], hints: 0, firstTry: true },
      { answer: '10', item: '71', at: 10, correct: false, skills: ['11', '12'], hints: 2, firstTry: true },
      { answer: '20', item: '72', at: 20, correct: true, skills: [], hints: 0, firstTry: true },
      { answer: '40', item: '73', at: 40, correct: true, skills: ['277', '279'], hints: 0, firstTry: true },
    ]);
  }); // prettier-ignore

  it('is read as DataShop rolls it up by student and step, as Statics 2011 and the KDD Cup files come: a hint first is no right answer', async () => {
    const header = ['Row', 'Anon Student Id', 'Problem Name', 'Problem View', 'Step Name', 'Step Start Time', 'First Transaction Time', 'First Attempt', 'KC (F2011)', 'Opportunity (F2011)', 'KC (Other)']; // prettier-ignore
    const row = (step: string, start: string, first: string) => ['1', 'Stu_1', 'P1', '1', step, start, '2011-09-21 17:07:00', first, 'vectors~~moments', '1~~2', 'x'].join('\t'); // prettier-ignore
    const file = await written('steps.txt', [
      header.join('\t'),
      row('S1', '.', 'hint'),
      row('S2', '2011-09-21 17:08:00', 'correct'),
      row('S3', '', ''),
    ]);
    const { answers, bad } = await readAll(file);
    expect(answers).toMatchObject([
      { item: 'P1/S1', correct: false, skills: ['vectors', 'moments'], at: Date.UTC(2011, 8, 21, 17, 7) / 1000 },
      { item: 'P1/S2', correct: true, at: Date.UTC(2011, 8, 21, 17, 8) / 1000 },
    ]);
    expect(bad).toHaveLength(1);
    const cup = await written('kdd.txt', ['Row\tAnon Student Id\tProblem Name\tStep Name\tFirst Transaction Time\tCorrect First Attempt\tKC(Default)', '1\ts\tP\tx+1\t2005-09-09 12:24:35.0\t1\tadd']); // prettier-ignore
    expect((await readAll(cup)).answers).toMatchObject([{ item: 'P/x+1', correct: true, skills: ['add'] }]);
  });

  it('is read whatever parts its columns, with letters of an older encoding and quotes in the middle', async () => {
    const header = ['order_id', 'user_id', 'problem_id', 'correct', 'skill_name'];
    for (const sign of [',', ';', '\t']) {
      const file = path.join(folder, `sign-${sign.charCodeAt(0)}.csv`);
      await writeFile(
        file,
        Buffer.from(`${[header.join(sign), ['11', '5', '70', '1', 'Fl\u00e4che "a" b'].join(sign)].join('\r\n')}\r\n`, 'latin1'),
      );
      const { answers, bad } = await readAll(file);
      expect(bad).toEqual([]);
      expect(answers).toMatchObject([{ learner: '5', item: '70', correct: true, skills: [expect.stringMatching(/^Fl.*b$/)] }]);
    }
  });

  it('is refused with what is missing where it has no known format', async () => {
    const file = await written('other.csv', ['a,b', '1,2']);
    await expect(readAll(file)).rejects.toThrow(/none of the formats known .* lacks learner/);
  });
});
