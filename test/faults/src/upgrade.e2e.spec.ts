import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { brokerMissing } from '@pharos/event-log/kafka-testing';
import { ClusterCheck } from './cluster-check.js';
import { buildRelease, formerRelease } from './former-release.js';
import { type Fault } from './fault-schedule.js';
import { type LaptopCluster, startLaptopCluster } from './laptop-cluster.js';
import { statementStream } from './stream.js';

/**
 * An upgrade under load, process by process, with the former release built from its commit: the log, both databases and the tables
 * are made by it and gone on with by the present one. Every step ends in the check of all faults (`ClusterCheck`).
 */
const former = formerRelease();
const missing = 'missing' in former ? former.missing : await brokerMissing();
if (missing !== undefined) process.stderr.write(`skipped: two releases side by side (${missing})\n`);
const firstPort = Number(process.env.CLUSTER_FIRST_PORT ?? '4700');
const LONG_MS = 600_000;

(missing === undefined ? describe : describe.skip)('a cluster that is upgraded', () => {
  let release: Awaited<ReturnType<typeof buildRelease>>;
  let laptop: LaptopCluster;
  let check: ClusterCheck;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const { commit } = former as { readonly commit: string };
    process.stderr.write(`the former release is ${commit.slice(0, 8)}\n`);
    release = await buildRelease(commit);
    closing.push(() => release.dispose());
    laptop = await startLaptopCluster(firstPort, {}, release.main);
    closing.push(() => laptop.stop());
    check = new ClusterCheck(laptop);
  }, LONG_MS);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  }, 120_000);

  const expectNothingLost = (): Promise<void> => check.expectNothingLost();
  const expectNothingLostUnder = (stream: number, faults: readonly Fault[]): Promise<void> => check.expectNothingLostUnder(stream, faults);

  /** Members of some services, each ended in order and started again as the present release. */
  const upgraded = (which: (name: string) => boolean): readonly Fault[] =>
    laptop.cluster.layout.members
      .map(({ name }) => name)
      .filter(which)
      .map((name) => ({
        name,
        afterMs: 300,
        strike: async (cluster: LaptopCluster) => {
          cluster.setRelease(name, undefined);
          await cluster.end(name, 'SIGTERM');
          await cluster.cluster.start(name);
        },
      }));

  it('begins as the former release', async () => {
    await check.send(statementStream(600, 80_000), 50);
    await expectNothingLost();
  }, LONG_MS); // prettier-ignore

  it('goes on while one of each service is of the present release, and the others of the former one', async () => {
    const first = upgraded((name) => name.endsWith('-1') && !name.startsWith('ingest'));
    await expectNothingLostUnder(80_100, first);
    await expectNothingLostUnder(80_200, upgraded((name) => name === 'ingest-1'));
    await expectNothingLostUnder(80_300, []);
  }, LONG_MS); // prettier-ignore

  it('goes on when all are of the present release', async () => {
    await expectNothingLostUnder(80_400, upgraded((name) => !name.endsWith('-1')));
    await check.untilShared();
  }, LONG_MS); // prettier-ignore
});
