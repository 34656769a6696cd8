import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRegistry } from './open-registry.js';
import { type Registry } from './registry.js';
import { startTestPostgres } from './testing.js';

let home: Awaited<ReturnType<typeof startTestPostgres>>;
let registry: Registry;
beforeAll(async () => {
  home = await startTestPostgres();
  const onError = (error: unknown) => {
    throw error;
  };
  registry = await openRegistry({ connection: home.connection('pharos_registry'), now: () => new Date(), onError });
  for (const id of ['t', 'u']) await registry.tenants.put({ id, name: id });
});
afterAll(async () => {
  await registry.close();
  await home.stop();
});

describe('what a roster said last', () => {
  it('holds the latest word under each key, within one tenant', async () => {
    const records = registry.tenant('t').rosterRecords;
    const first = { kind: 'classes', key: 'c1', record: { title: 'Algebra' }, active: true, fact: 'f1' };
    await records.put([first, { ...first, key: 'c2', active: false, fact: null }]);
    await records.put([{ ...first, record: { title: 'Geometry' }, fact: 'f2' }]);
    expect(await records.get('classes', ['c1', 'c3'])).toEqual(new Map([['c1', { ...first, record: { title: 'Geometry' }, fact: 'f2' }]]));
    expect((await records.active('classes')).map(({ key }) => key)).toEqual(['c1']);
    expect(await registry.tenant('u').rosterRecords.active('classes')).toEqual([]);
  });
});
