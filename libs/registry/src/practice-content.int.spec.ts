import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
beforeAll(async () => {
  home = await startTestRegistry(() => new Date());
  for (const id of ['t', 'u']) await home.registry.tenants.put({ id, name: id });
});
afterAll(() => home.stop());

const skill = (name: string, prefixes: readonly string[] = []) => ({ skill: name, subject: 'maths', prefixes });
const item = (name: string, of: string, difficulty = 0) => ({ item: `https://items/${name}`, skill: of, difficulty });

describe('where items stand', () => {
  it('goes to the log with the edit: what is new for all answers, what moved from then on, what stayed not again', async () => {
    const { practice } = home.registry.tenant('t');
    const logged = async (): Promise<readonly NewFact[]> => {
      const facts: NewFact[] = [];
      await home.registry.outbox.relayOnce({ append: (batch) => Promise.resolve(facts.push(...batch)) });
      return facts;
    };
    const first = { skills: [skill('add', ['https://drill/add/']), skill('carry')], items: [item('1', 'add'), item('2', 'add', 0.5)] };
    expect(await practice.put(first, '2026-01-01T00:00:00.000Z')).toBe(3);
    expect(await logged()).toMatchObject([
      {
        type: 'ItemsPlaced', tenant: 't',
        data: {
          holdsFrom: '1970-01-01T00:00:00.000Z',
          items: [{ item: 'https://drill/add/', prefix: true, skills: ['add'] }, { item: 'https://items/1', prefix: false }, { difficulty: 0.5 }],
        },
      },
    ]); // prettier-ignore
    expect(await practice.put(first, '2026-01-02T00:00:00.000Z')).toBe(0);
    expect(await logged()).toEqual([]);
    await practice.put({ skills: [skill('add')], items: [item('1', 'carry')] }, '2026-01-03T00:00:00.000Z');
    const [moved] = (await logged()) as Extract<NewFact, { type: 'ItemsPlaced' }>[];
    expect(moved!.data).toEqual({
      holdsFrom: '2026-01-03T00:00:00.000Z',
      items: [
        { item: 'https://items/1', prefix: false, skills: ['carry'], subject: 'maths', difficulty: 0 },
        { item: 'https://drill/add/', prefix: true, skills: [], subject: 'maths', difficulty: 0 },
      ],
    });
    expect(await home.registry.tenant('u').practice.all()).toEqual({ skills: [], items: [], resources: [] });
    expect(home.errors).toEqual([]);
  });
});
