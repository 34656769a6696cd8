import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimed, idsOf, readTopic } from '../contract-facts.js';
import { brokerMissing, fetchBroker, freePort, prepareBrokers, type RunningBroker, startBroker } from '../kafka-broker.js';
import { createMemoryLedger } from './memory-ledger.js';
import { kafkaClient } from './connection.js';
import { openTestLog } from './test-cluster.js';

const run = promisify(execFile);
const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: Kafka over TLS (${missing})\n`);

const keystorePassword = 'of-the-test';
const sasl = { mechanism: 'scram-sha-512', username: 'pharos', password: 'its-password' } as const;

(missing === undefined ? describe : describe.skip)('a broker that speaks TLS and asks who signs in', () => {
  let folder: string;
  let broker: RunningBroker;
  let brokers: readonly string[];
  let ca: string;
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
    await fetchBroker();
    const port = await freePort();
    const secured = { port, keystore, keystorePassword, user: sasl.username, password: sasl.password };
    const place = { folder: path.join(folder, 'kafka'), port: await freePort(), controllerPort: await freePort(), secured };
    await prepareBrokers([place]);
    broker = await startBroker(place);
    brokers = [`127.0.0.1:${port}`];
  }, 120_000);
  afterAll(async () => {
    await broker.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('takes facts and hands them out to whoever knows its authority and signs in', async () => {
    const { log, dispose } = await openTestLog({ brokers, clientId: 'test', tls: { ca }, sasl }, createMemoryLedger());
    await log.appendClaimed([claimed('a'), claimed('b')]);
    expect(idsOf(await readTopic(log, 'statements'))).toEqual(['a', 'b']);
    await dispose();
  });

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
