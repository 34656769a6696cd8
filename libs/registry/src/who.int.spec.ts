import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openRegistry } from './open-registry.js';
import { type Registry, type TenantRegistry } from './registry.js';
import { startTestRegistry } from './testing.js';

let home: Awaited<ReturnType<typeof startTestRegistry>>;
let registry: Registry;
let clock = Date.parse('2014-10-01T08:00:00.000Z');
const now = () => new Date(clock);
let tenantNumber = 0;
/** Each test has a tenant of its own, and so nothing of another test's. */
let own: TenantRegistry;

beforeAll(async () => {
  home = await startTestRegistry(now);
  ({ registry } = home);
});
afterAll(async () => {
  await home.stop();
  expect(home.errors).toEqual([]);
});
beforeEach(async () => {
  const { id } = await registry.tenants.put({ id: `t${++tenantNumber}`, name: 'Test' });
  own = registry.tenant(id);
});

describe('the schema', () => {
  it('is not touched when a newer release has made it', async () => {
    const admin = new pg.Client(home.connection);
    await admin.connect();
    await admin.query(`INSERT INTO schema_migrations VALUES (99, 'of tomorrow', 'x', now(), 'contract')`);
    const again = openRegistry({ connection: home.connection, now, onError: () => undefined });
    await expect(again).rejects.toMatchObject({ code: 'newer', message: expect.stringContaining('start the newer release') });
    await admin.query('DELETE FROM schema_migrations WHERE number = 99');
    await admin.query(`UPDATE schema_migrations SET checksum = 'y' || checksum WHERE number = 2`);
    const edited = openRegistry({ connection: home.connection, now, onError: () => undefined });
    await expect(edited).rejects.toMatchObject({ code: 'edited' });
    await admin.query(`UPDATE schema_migrations SET checksum = substr(checksum, 2) WHERE number = 2`);
    await admin.end();
  });

  it('may be opened by several at once', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => home.another()));
    expect(await Promise.all(opened.map((one) => one.tenants.list()))).toHaveLength(3);
    await Promise.all(opened.map((one) => one.close()));
  });
});

describe('who signs in', () => {
  const password = 'correct horse';
  const make = (login: string) => own.users.create({ login, password, roles: ['counselor'], person: 'c1', schools: ['s1'] });

  it('is found by login in any case, with a session that a new password ends', async () => {
    const made = await make('Ana@example.org');
    expect(made).toMatchObject({ ok: true, user: { person: 'c1', roles: ['counselor'], tenant: own.tenant } });
    expect(await make('ana@EXAMPLE.org')).toMatchObject({ ok: false, code: 'login-taken' });
    expect(await own.users.create({ login: 'x', password: 'short', roles: [] })).toMatchObject({ ok: false, code: 'password-too-short' });
    const signed = await registry.signIn.signIn('ANA@example.org', password);
    if (!signed.ok) throw new Error(signed.code);
    const session = await registry.sessions.create(signed.user);
    expect(await registry.sessions.find(session.secret)).toMatchObject({ csrf: session.csrf, user: { id: signed.user.id } });
    expect(await registry.sessions.find(`${session.secret}x`)).toBeUndefined();
    await own.users.setPassword(signed.user.id, 'another password');
    expect(await registry.sessions.find(session.secret)).toBeUndefined();
    expect(await registry.signIn.signIn('ana@example.org', password)).toEqual({ ok: false, code: 'wrong' });
  });

  it('is signed out after the time, and when disabled', async () => {
    const made = await make('bo');
    if (!made.ok) throw new Error(made.reason);
    const brief = await registry.sessions.create(made.user, 1_000);
    const long = await registry.sessions.create(made.user);
    clock += 1_001;
    expect(await registry.sessions.find(brief.secret)).toBeUndefined();
    expect(await registry.sessions.sweep()).toBeGreaterThan(0);
    expect(await registry.sessions.find(long.secret)).toBeDefined();
    await own.users.change(made.user.id, { disabled: true });
    expect(await registry.sessions.find(long.secret)).toBeUndefined();
    expect(await registry.signIn.signIn('bo', password)).toEqual({ ok: false, code: 'wrong' });
  });

  it('is locked out after failures, even with the right password, and longer each time', async () => {
    await make('cy');
    const guesses = await Promise.all(Array.from({ length: 8 }, () => registry.signIn.signIn('cy', 'wrong password')));
    expect(guesses.filter((guess) => !guess.ok && guess.code === 'wrong')).toHaveLength(4);
    expect(await registry.signIn.signIn('cy', password)).toMatchObject({ ok: false, code: 'locked', until: expect.any(Date) });
    clock += 30_000;
    expect(await registry.signIn.signIn('cy', 'wrong password')).toMatchObject({ code: 'locked', until: new Date(clock + 60_000) });
    clock += 60_000;
    expect(await registry.signIn.signIn('cy', password)).toMatchObject({ ok: true });
    expect(await registry.signIn.signIn('nobody', password)).toEqual({ ok: false, code: 'wrong' });
  });
});

describe('API keys', () => {
  it('are taken with their secret, kept hashed, and refused once revoked', async () => {
    const { credential, secret } = await own.credentials.create({ name: 'LMS', scopes: ['statements/write'] });
    expect(await registry.credentialCheck.verify(credential.id, secret)).toMatchObject({
      tenant: own.tenant,
      scopes: ['statements/write'],
    });
    expect(await registry.credentialCheck.verify(credential.id, `${secret}x`)).toBeUndefined();
    expect(await registry.credentialCheck.verify('unknown', secret)).toBeUndefined();
    expect((await own.credentials.list())[0]?.lastSeenAt).toEqual(now());
    expect(JSON.stringify(await dump('credentials'))).not.toContain(secret);
    expect(await own.credentials.revoke(credential.id)).toBe(true);
    expect(await registry.credentialCheck.verify(credential.id, secret)).toBeUndefined();
  });

  it('are refused within 5 s where another process revoked them', async () => {
    const { credential, secret } = await own.credentials.create({ name: 'LMS', scopes: [] });
    const other = await home.another();
    expect(await other.credentialCheck.verify(credential.id, secret)).toBeDefined();
    await own.credentials.revoke(credential.id);
    clock += 5_001;
    expect(await other.credentialCheck.verify(credential.id, secret)).toBeUndefined();
    await other.close();
  });
});

async function dump(table: string): Promise<unknown[]> {
  const client = new pg.Client(home.connection);
  await client.connect();
  const { rows } = await client.query<{ t: string }>(`SELECT t::text FROM ${table} t`);
  await client.end();
  return rows;
}
