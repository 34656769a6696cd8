import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reasonInWords } from '@pharos/contract';
import { openWarehouse, type Row, type Warehouse } from '@pharos/warehouse';
import { readStruggles, struggleReasons } from './struggle-reasons.js';

const START = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const asOf = iso(START + 20 * DAY);
let folder: string;
let warehouse: Warehouse;
let offset = 0;
const fact = (id: string, at: string) => ({
  tenant: 't',
  id,
  occurred_at: at,
  known_at: at,
  recorded_at: at,
  log_partition: 0,
  log_offset: offset++,
});

type Made = (turn: number) => { readonly correct: boolean; readonly seconds: number; readonly hints?: number | null };
const answersOf = (learner: string, made: Made, from = 0): Row<'answers'>[] =>
  Array.from({ length: 16 }, (_, turn) => {
    const { correct, seconds, hints = 0 } = made(turn);
    return {
      ...fact(`${learner}-${from}-${turn}`, iso(START + (from + turn) * DAY)), learner, activity: `https://items/${turn % 4}`, skills: [], correct: Number(correct),
      duration_seconds: seconds, hints, attempt: null,
    };
  }); // prettier-ignore

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-struggle-'));
  warehouse = await openWarehouse({ path: folder });
  await warehouse.writer.insert('item_placements', Array.from({ length: 4 }, (_, item) => ({ ...fact(`p${item}`, iso(START)), item: `https://items/${item}`, prefix: 0, holds_from: iso(0), skills: ['add'], subject: 'maths', difficulty: 0 })));
  const steady: Made = (turn) => ({ correct: turn % 4 < 3, seconds: 40, hints: turn === 3 ? 3 : 0 });
  await warehouse.writer.insert('answers', [
    ...['s1', 's2', 's3', 's4'].flatMap((learner) => answersOf(learner, steady)),
    ...answersOf('spins', (turn) => ({ correct: turn % 5 === 0, seconds: 40 })),
    // Fast for the class, and not too fast for somebody whose time counts one and a half times.
    ...answersOf('guesses', (turn) => ({ correct: turn % 4 < 3, seconds: 3 })),
    ...answersOf('has-time', (turn) => ({ correct: turn % 4 < 3, seconds: 3 })),
    ...answersOf('clicks', (turn) => ({ correct: turn % 4 < 3, seconds: 8, hints: 3 })),
    // Its platform tells of hints by statements of their own.
    ...answersOf('asks', (turn) => ({ correct: turn % 4 < 3, seconds: 8, hints: null })),
    ...answersOf('asks-once', (turn) => ({ correct: turn % 4 < 3, seconds: 8, hints: null })),
    ...answersOf('later', (turn) => ({ correct: turn % 5 === 0, seconds: 40 }), 21),
  ]);
  const asked = (learner: string, turn: number, each: number) => ({ ...fact(`h-${learner}-${turn}-${each}`, iso(START + turn * DAY - 60_000 + each)), learner, activity: `https://items/${turn % 4}` });
  const help = Array.from({ length: 16 }, (_, turn) => [...[0, 1, 2].map((each) => asked('asks', turn, each)), ...(turn === 5 ? [asked('asks-once', turn, 0), asked('asks-once', turn, 1), asked('asks-once', turn, 2)] : [])]);
  await warehouse.writer.insert('help_asked', help.flat());
  await warehouse.writer.insert('accommodations', [{ ...fact('a1', iso(START)), learner: 'has-time', class: '', work: '', time_factor: 1.5, extra_days: null }]);
}); // prettier-ignore
afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

describe('struggle as reasons', () => {
  it('is found in what was known by the moment of the run, with accommodations, and worded without blame', async () => {
    const positions = { epoch: 'e', offsets: { statements: [1e9], models: [1e9], roster: [1e9] } } as never;
    const found = await readStruggles({ warehouse: warehouse.tenant('t'), asOf, positions }, ['s1', 'spins', 'guesses', 'has-time', 'clicks', 'asks', 'asks-once', 'later', 'nobody']);
    expect([...found].map(([learner, signs]) => [learner, signs.map(({ code }) => code)]).sort()).toEqual([
      ['asks', ['hint-abuse']],
      ['clicks', ['hint-abuse']],
      ['guesses', ['rapid-guessing']],
      ['spins', ['wheel-spinning']],
    ]);
    const words = [...found.values()].flatMap((signs) => struggleReasons('algebra', signs)).map((reason) => reasonInWords('en', reason as never));
    expect(words.sort()).toEqual([
      '100% of 16 answers came faster than the question can be read',
      'All hints were clicked through for 100% of 16 answers',
      'All hints were clicked through for 100% of 16 answers',
      'Practice of one skill does not get anywhere: 16 answers without three right in a row',
    ]);
  }); // prettier-ignore

  it('pushes no score, and says nothing where there is nothing', () => {
    expect(struggleReasons('c', [])).toEqual([]);
    expect(struggleReasons('c', [{ code: 'long-silence', days: 30, usual: 2 }])).toEqual([]);
    expect(struggleReasons('c', [{ code: 'wheel-spinning', skill: 'a', answers: 10 }, { code: 'wheel-spinning', skill: 'b', answers: 12 }])).toMatchObject([{ logOdds: 0, params: { skills: 2, answers: 22 } }]); // prettier-ignore
  });
});
