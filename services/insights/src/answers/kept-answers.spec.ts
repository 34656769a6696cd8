import { describe, expect, it } from '@jest/globals';
import { type Topic } from '@pharos/facts';
import { bind, liveAttempts, type Question, scoped, sql, type Warehouse } from '@pharos/warehouse';
import { type Folded } from '../watermark.js';
import { KeptAnswers } from './kept-answers.js';
import { Present } from './present.js';

const name = (tenant: string, count: number): Question<string> => ({
  name: 'attempts',
  sql: sql`SELECT ${bind('String', tenant)}, ${bind('UInt8', count)} FROM ${liveAttempts()}`,
  answer: String,
});
const ofStatements: Question<string> = name('x', 1);
const ofRosters: Question<string> = { name: 'classes', sql: sql`SELECT class FROM ${scoped('classes')}`, answer: String };

/** Tables that count how often they are asked, and a fold that is moved by hand. */
function tables(mostBytes?: number) {
  const positions: Record<Topic, number[]> = {
    statements: [5, 5], roster: [1], scores: [0], models: [0], alerts: [0], governance: [0], learning: [0], 'dead-letters': [0],
  }; // prettier-ignore
  const clock = { now: Date.UTC(2026, 1, 2) };
  const now = () => new Date(clock.now);
  let asked = 0;
  const state = { failing: false };
  const warehouse = {
    tenant: (tenant: string) => ({
      ask: () => {
        asked += 1;
        return state.failing ? Promise.reject(new Error('away')) : Promise.resolve([`${tenant} ${asked}`]);
      },
    }),
  } as unknown as Warehouse;
  const folded = (): Promise<Folded> => Promise.resolve({ through: now().toISOString(), positions: structuredClone(positions) });
  return {
    kept: new KeptAnswers(warehouse, folded, now, mostBytes), present: new Present(folded, now), positions, clock, state, asked: () => asked,
  }; // prettier-ignore
}

describe('answers that are kept', () => {
  it('are given again until a topic that they read is folded further', async () => {
    const { kept, positions, asked } = tables();
    expect(await kept.ask('uni', ofStatements)).toEqual(['uni 1']);
    expect(await kept.ask('uni', name('x', 1))).toEqual(['uni 1']);
    positions.governance[0] = 9;
    expect(await kept.ask('uni', ofStatements)).toEqual(['uni 1']);
    positions.statements[1] = 6;
    expect(await kept.ask('uni', ofStatements)).toEqual(['uni 2']);
    expect(asked()).toBe(2);
  });

  it('are of one tenant, one question and its values', async () => {
    const { kept } = tables();
    const answers = [
      await kept.ask('uni', ofStatements),
      await kept.ask('school', ofStatements),
      await kept.ask('uni', ofRosters),
      await kept.ask('uni', name('x', 2)),
      await kept.ask('uni', name('y', 1)),
    ];
    expect(answers.flat()).toEqual(['uni 1', 'school 2', 'uni 3', 'uni 4', 'uni 5']);
  });

  it('are asked for once by two who ask at the same time, and again after a failure', async () => {
    const { kept, state, asked } = tables();
    state.failing = true;
    const both = await Promise.allSettled([kept.ask('uni', ofRosters), kept.ask('uni', ofRosters)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked()).toBe(1);
    state.failing = false;
    expect(await kept.ask('uni', ofRosters)).toEqual(['uni 2']);
  });

  it('are let go, the one first that was not asked for the longest, when they are too large together', async () => {
    // An answer is ["uni 1"]: 9 characters, counted with 4 bytes each.
    const { kept, asked } = tables(80);
    for (const count of [1, 2, 1, 3, 1]) await kept.ask('uni', name('x', count));
    expect(asked()).toBe(3);
    await kept.ask('uni', name('x', 2));
    expect(asked()).toBe(4);
  });

  it('are let go after ten minutes', async () => {
    const { kept, clock, asked } = tables();
    await kept.ask('uni', ofRosters);
    clock.now += 600_000;
    await kept.ask('uni', ofRosters);
    expect(asked()).toBe(2);
  });
});

describe('the present of cohort figures', () => {
  it('stands still while nothing is folded, for at most a minute', async () => {
    const { present, clock, positions } = tables();
    const first = await present.moment();
    clock.now += 59_000;
    positions.governance[0] = 1;
    expect(await present.moment()).toEqual(first);
    clock.now += 1_000;
    expect(await present.moment()).toEqual(new Date(clock.now));
    clock.now += 1;
    positions.scores[0] = 1;
    expect(await present.moment()).toEqual(new Date(clock.now));
  });
});
