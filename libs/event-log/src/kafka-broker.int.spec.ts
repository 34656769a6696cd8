import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { brokerMissing, type BrokerPlace, fetchBroker, freePort, prepareBrokers, startBroker } from './kafka-broker.js';
import { testBroker } from './kafka/test-cluster.js';

const missing = await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: brokers that do not start (${missing})\n`);

(missing === undefined ? describe : describe.skip)('a broker that does not start', () => {
  let place: BrokerPlace;
  beforeEach(async () => {
    await fetchBroker();
    place = { folder: await mkdtemp(path.join(tmpdir(), 'pharos-late-')), port: await freePort(), controllerPort: await freePort() };
    await prepareBrokers([place]);
  }, 120_000);
  afterEach(() => rm(place.folder, { recursive: true, force: true }));

  it('leaves no process', async () => {
    await expect(startBroker(place, {}, 0)).rejects.toThrow(/did not come up within 0 ms and was ended; see .*output\.log$/);
    expect(await processesOf(place.folder)).toEqual([]);
  }, 60_000);

  it('is not taken for whoever has its port', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(place.port, '127.0.0.1', resolve));
    await expect(startBroker(place)).rejects.toThrow(`something listens on port ${place.port} already`);
    expect(existsSync(path.join(place.folder, 'output.log'))).toBe(false);
    other.close();
  }, 60_000);

  it('hinders no suite from ending what else it began', async () => {
    const broker = testBroker();
    expect(() => broker.connection).toThrow('does not run');
    await expect(broker.stop()).resolves.toBeUndefined();
  });
});

/** Command lines of processes that name a folder. */
async function processesOf(folder: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'args='], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split('\n').filter((line) => line.includes(folder));
}
