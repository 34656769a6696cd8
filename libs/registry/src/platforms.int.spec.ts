import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MOST_FINDINGS } from './platform-findings.js';
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

  it('is decided on by somebody: each decision is a fact without its name, in order', async () => {
    const { credential } = await own.credentials.create({ name: 'The key of Quill', scopes: ['state'] }, 'u1');
    await own.credentials.change(credential.id, { scopes: ['all'] }, 'u2');
    await own.credentials.revoke(credential.id, 'u3');
    await own.credentials.revoke(credential.id, 'u4');
    const { rows } = await home.query(`SELECT fact->'data' AS data FROM outbox WHERE entity = $1 ORDER BY version`, [
      `credential/${credential.id}`,
    ]);
    expect(rows.map(({ data }) => data as unknown)).toMatchObject([
      { by: 'u1', value: { scopes: ['state'], settings: {}, revoked: false } },
      { by: 'u2', value: { scopes: ['all'], revoked: false } },
      { by: 'u3', value: { revoked: true } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('Quill');
  });
});

describe('what platforms get wrong', () => {
  const cause = { credential: 'c1', kind: 'refused', status: 400, path: 'verb', message: 'is required' } as const;
  const at = new Date('2026-01-05T08:00:00.000Z');
  const later = new Date('2026-01-05T09:00:00.000Z');

  it('is counted by cause, with the latest example, in its own tenant', async () => {
    await own.findings.add([{ ...cause, count: 2, at, example: 'first' }, { ...cause, kind: 'advice', status: null, count: 1, at, example: null }]); // prettier-ignore
    await own.findings.add([{ ...cause, count: 3, at: later, example: null }]);
    const found = await own.findings.list();
    expect(found).toMatchObject([
      { ...cause, count: 5, firstAt: at, lastAt: later, hasExample: true },
      { kind: 'advice', count: 1, hasExample: false },
    ]);
    const { finding } = found[0]!;
    expect(await own.findings.example('c1', finding)).toBe('first');
    expect([await other.findings.list(), await other.findings.example('c1', finding)]).toEqual([[], undefined]);
    expect([await other.findings.clear('c1'), await own.findings.clear('c1'), await own.findings.list()]).toEqual([0, 2, []]);
  });

  it('has an end: a sender that makes up names fills no table', async () => {
    const made = Array.from({ length: MOST_FINDINGS + 20 }, (_, index) => ({ ...cause, path: `p${index}`, count: 1, at, example: null }));
    await own.findings.add(made);
    await own.findings.add([{ ...cause, path: 'p0', count: 1, at, example: null }]);
    const found = await own.findings.list();
    expect([found.length, found.find(({ path }) => path === 'p0')?.count]).toEqual([MOST_FINDINGS, 2]);
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
