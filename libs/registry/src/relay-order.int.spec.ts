import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { type Registry } from './registry.js';
import { startTestRegistry } from './testing.js';

/** Several processes decide at once about the same things, several relay at once, and what they relay to fails now and then. */

const now = () => new Date('2014-11-03T08:00:00.000Z');
const TENANTS = ['north', 'south', 'west'];
const CHANGES = 25;

describe('decisions on their way to the log', () => {
  let home: Awaited<ReturnType<typeof startTestRegistry>>;
  const others: Registry[] = [];
  beforeAll(async () => {
    home = await startTestRegistry(now);
    others.push(await home.another(), await home.another());
    for (const id of TENANTS) await home.registry.tenants.put({ id, name: id });
  });
  afterAll(async () => {
    for (const each of others) await each.close();
    await home.stop();
    expect(home.errors).toEqual([]);
  });

  it('come in the order of the versions of what was decided about, whoever relays and whatever fails', async () => {
    const log: { readonly tenant: string; readonly change: number }[] = [];
    let calls = 0;
    const target = {
      append: (facts: readonly NewFact[]): Promise<void> => {
        calls += 1;
        // Refused whole, or taken and not told so: then the same comes again.
        if (calls % 5 === 1) return Promise.reject(new Error('the log is away'));
        for (const { tenant, data } of facts)
          log.push({ tenant, change: (data as { readonly value: { readonly answerWithinDays: number } }).value.answerWithinDays });
        return calls % 7 === 2 ? Promise.reject(new Error('the answer was lost')) : Promise.resolve();
      },
    };
    const errors: unknown[] = [];
    const relays = await Promise.all(others.map((each) => each.outbox.startRelay(target, (error) => errors.push(error))));
    await Promise.all(
      TENANTS.map(async (tenant) => {
        for (let change = 1; change <= CHANGES; change++) {
          const { policies } = [home.registry, ...others][change % 3]!.tenant(tenant);
          const { value } = await policies.get('alerts');
          await policies.set('alerts', { ...value, answerWithinDays: change }, { by: 'u1', at: now().toISOString() });
        }
      }),
    );
    while ((await home.registry.outbox.waiting()).facts > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const relay of relays) await relay.stop();
    expect(errors.length).toBeGreaterThan(0);
    for (const tenant of TENANTS) {
      const firsts = [...new Set(log.filter((each) => each.tenant === tenant).map(({ change }) => change))];
      expect(firsts).toEqual(Array.from({ length: CHANGES }, (_, n) => n + 1));
    }
  });
});
