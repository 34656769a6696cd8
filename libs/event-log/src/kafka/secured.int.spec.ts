import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startOidcProvider, type TestProvider } from '@pharos/runtime/oidc-for-tests';
import { generateKeyPair } from 'jose';
import { claimed, idsOf, readTopic } from '../contract-facts.js';
import { brokerMissing, fetchBroker, freePort, prepareBrokers, startBroker } from '../kafka-broker.js';
import { clientCredentials } from './client-credentials.js';
import { createMemoryLedger } from './memory-ledger.js';
import { kafkaClient } from './connection.js';
import { openTestLog } from './test-cluster.js';

const run = promisify(execFile);
const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: Kafka over TLS (${missing})\n`);

const keystorePassword = 'of-the-test';
const client = { id: 'pharos-ingest', secret: 'a secret/of: the test' };
const sasl = { mechanism: 'scram-sha-512', username: 'pharos', password: 'its-password' } as const;

(missing === undefined ? describe : describe.skip)('a broker that speaks TLS and asks who signs in', () => {
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];
  let brokers: readonly string[];
  let ca: string;
  let provider: TestProvider;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pharos-secured-'));
    const [keystore, certificate] = [path.join(folder, 'broker.p12'), path.join(folder, 'broker.pem')];
    const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', keystorePassword, '-alias', 'broker'];
    await run('keytool', [
      '-genkeypair',
      '-keyalg',
      'EC',
      '-groupname',
      'secp256r1',
      '-dname',
      'CN=broker',
      '-ext',
      'san=ip:127.0.0.1',
      '-validity',
      '2',
      ...store,
    ]);
    await run('keytool', ['-exportcert', '-rfc', '-file', certificate, ...store]);
    ca = await readFile(certificate, 'utf8');
    // It says at length that its memory is not for production.
    for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    provider = await startOidcProvider({ client, scope: 'kafka', privateKey, resource: 'https://kafka.example', seconds: 24 });
    closing.push(() => provider.close());
    await fetchBroker();
    const port = await freePort();
    const secured = { port, keystore, keystorePassword, user: sasl.username, password: sasl.password, oauth: { issuer: provider.issuer, jwksUrl: `${provider.issuer}/jwks`, audience: 'https://kafka.example' } }; // prettier-ignore
    const place = { folder: path.join(folder, 'kafka'), port: await freePort(), controllerPort: await freePort(), secured };
    await prepareBrokers([place]);
    const broker = await startBroker(place);
    closing.push(() => broker.stop('SIGKILL'));
    brokers = [`127.0.0.1:${port}`];
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await rm(folder, { recursive: true, force: true });
  });

  it('takes facts and hands them out to whoever knows its authority and signs in', async () => {
    const { log, dispose } = await openTestLog({ brokers, clientId: 'test', tls: { ca }, sasl }, createMemoryLedger());
    await log.appendClaimed([claimed('a'), claimed('b')]);
    expect(idsOf(await readTopic(log, 'statements'))).toEqual(['a', 'b']);
    await dispose();
  });

  /** Signs in with the tokens that the provider gives; `given` counts them. */
  const bearing = (change: { readonly secret?: string; readonly path?: string; readonly token?: (token: string) => string } = {}) => {
    const { secret = client.secret, path: where = '/token', token = (value) => value } = change;
    const give = clientCredentials({ url: `${provider.issuer}${where}`, clientId: client.id, secret: () => secret, scope: 'kafka' });
    const given = new Set<string>();
    const oauthBearerProvider = async () => {
      const { value } = await give();
      given.add(value);
      return { value: token(value) };
    };
    return { given, sasl: { mechanism: 'oauthbearer', oauthBearerProvider } as const };
  };

  it('takes facts of who has a token, and goes on when that has ended', async () => {
    const { given, sasl: tokens } = bearing();
    const { log, reopen, dispose } = await openTestLog({ brokers, clientId: 'test', tls: { ca }, sasl: tokens }, createMemoryLedger());
    await log.appendClaimed([claimed('c')]);
    expect(given.size).toBe(1); // every connection has signed in with the same
    // kafkajs signs in again 10 s before a session ends, with a token that has to be a newer one by then.
    await sleep(15_000);
    await log.appendClaimed([claimed('d')]);
    const again = await reopen();
    expect(idsOf(await readTopic(again, 'statements'))).toEqual(['c', 'd']);
    expect(given.size).toBeGreaterThan(1);
    await dispose();
  }, 60_000);

  it.each([
    ['a wrong secret', { secret: 'another' }, /gives no token: 401 invalid_client/],
    ['an address that gives none', { path: '/nowhere' }, /gives no token: 404/],
    // The broker refuses it in an answer that kafkajs does not read, and ends the connection at the next question.
    ['a token that was changed', { token: (value: string) => `${value.slice(0, -6)}AAAAAA` }, /No brokers in the broker pool/],
  ])(
    'is not entered by %s',
    async (_what, change, why) => {
      const admin = kafkaClient({ brokers, clientId: 'test', tls: { ca }, sasl: bearing(change).sasl }).admin();
      await expect(admin.connect().then(() => admin.listTopics())).rejects.toThrow(why);
      await admin.disconnect();
    },
    60_000,
  );

  it.each([
    ['no name at all', () => ({ tls: { ca } }), /SASL|authentication|closed|ECONNRESET/i],
    ['a name it does not know', () => ({ tls: { ca }, sasl: { ...sasl, username: 'nobody' } }), /SASL|authentication/i],
    ['a wrong password', () => ({ tls: { ca }, sasl: { ...sasl, password: 'another' } }), /SASL|authentication/i],
    ['an authority that it does not know', () => ({ tls: {}, sasl }), /self-signed|certificate/i],
  ])('is refused with %s', async (_what, security, why) => {
    const admin = kafkaClient({ brokers, clientId: 'test', ...security() }).admin();
    const asked = admin.connect().then(() => admin.listTopics());
    await expect(asked).rejects.toThrow(why);
    await admin.disconnect();
  });
});
