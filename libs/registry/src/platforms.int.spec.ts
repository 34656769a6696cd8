import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TenantRegistry } from './registry.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
let own: TenantRegistry;
let other: TenantRegistry;
let clock = Date.parse('2026-01-05T08:00:00.000Z');

beforeAll(async () => {
  home = await startTestRegistry(() => new Date(clock));
  for (const id of ['t', 'u']) await home.registry.tenants.put({ id, name: id });
  own = home.registry.tenant('t');
  other = home.registry.tenant('u');
});
afterAll(async () => {
  await home.stop();
  expect(home.errors).toEqual([]);
});

describe('a credential', () => {
  it('is given other scopes and settings under the same secret, everywhere within 5 s', async () => {
    const another = await home.another();
    const { credential, secret } = await own.credentials.create({ name: 'LMS', scopes: ['statements/write'] });
    expect(await another.credentialCheck.verify(credential.id, secret)).toMatchObject({ scopes: ['statements/write'], settings: {} });
    const settings = { lenient: true };
    expect(await own.credentials.change(credential.id, { scopes: ['state'], settings })).toMatchObject({ name: 'LMS', scopes: ['state'] });
    expect(await home.registry.credentialCheck.verify(credential.id, secret)).toMatchObject({ scopes: ['state'], settings });
    clock += 5_001;
    expect(await another.credentialCheck.verify(credential.id, secret)).toMatchObject({ scopes: ['state'], settings });
    expect(await other.credentials.change(credential.id, { scopes: ['all'] })).toBeUndefined();
    await another.close();
  });
});

describe('a dead letter', () => {
  it('is settled once', async () => {
    expect(await own.settledLetters.settle({ letter: 'd1', how: 'repaired', by: 'u1', statements: ['s1'] })).toBe(true);
    expect(await own.settledLetters.settle({ letter: 'd1', how: 'dismissed', by: 'u2', statements: [] })).toBe(false);
    expect((await own.settledLetters.among(['d1', 'd2'])).get('d1')).toMatchObject({ how: 'repaired', by: 'u1', statements: ['s1'] });
    expect([await own.settledLetters.count(), await other.settledLetters.count()]).toEqual([1, 0]);
  });
});
