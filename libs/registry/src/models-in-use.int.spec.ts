import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ModelVerdict } from './models-in-use.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
beforeAll(async () => (home = await startTestRegistry(() => new Date('2015-01-05T08:00:00.000Z'))));
afterAll(() => home.stop());

const verdict: ModelVerdict = {
  outcome: 'promoted', model: 'm1', recipe: 'logistic', target: 'not-passing', reason: 'the board asked for it', by: 'u1', at: '2015-01-05T08:00:00.000Z', inUse: null, evidence: {},
}; // prettier-ignore

describe('decisions of people about models', () => {
  it('let one of two win who both saw the same model in use, also before the fold has seen the first', async () => {
    const { id } = await home.registry.tenants.put({ id: 'school', name: 'School' });
    const { modelsInUse } = home.registry.tenant(id);
    const both = await Promise.all(['m1', 'm2'].map((model) => modelsInUse.decide({ ...verdict, model })));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const won = both.find(({ ok }) => ok) as { fact: { key: string; type: string } };
    expect(won.fact.type).toBe('ModelPromoted');
    const lost = both.find(({ ok }) => !ok) as { inUse: string };
    expect(lost.inUse).toBe(won.fact.key);
    expect(await modelsInUse.decide({ ...verdict, outcome: 'rejected', model: 'm3', inUse: won.fact.key })).toMatchObject({
      ok: true,
      fact: { type: 'ModelRejected' },
    });
    expect((await home.registry.outbox.waiting()).facts).toBe(2);
  });
});
