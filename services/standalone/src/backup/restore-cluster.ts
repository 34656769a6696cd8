import { randomUUID } from 'node:crypto';
import { type Archive, archivedLog, type EventLog, indexAgain, readTips, SegmentRefused } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { claimOf } from '@pharos/ingest';
import { rebuild } from '@pharos/projector';
import { type Registry } from '@pharos/registry';
import { type openClusterHomes } from '../cluster/open-cluster.js';
import { replayErasures } from '../erasure/replay-erasures.js';
import { expectArrived, type FormerLog, moveLog, pages, type TopicMoved } from '../move/move-log.js';
import { Refusal } from '../refusal.js';
import { type ClusterManifest } from './manifest.js';
import { type Databases, expectKeys, putBack } from './put-back.js';

type ClusterHomes = Awaited<ReturnType<typeof openClusterHomes>>;

export interface ClusterRestored {
  readonly facts: number;
  readonly erasedAgain: number;
  readonly backupOf: string;
  /** Whether the topics had survived; else the log was filled from the archive. */
  readonly logSurvived: boolean;
}

/**
 * Makes a cluster whole from a backup and the archive of its log, into empty databases: registry and vault are put back, the log
 * is filled from the archive where its topics are empty, claims are made again, erasures that the log knows are replayed, and the
 * tables folded. Nothing that was archived after the backup is lost, and no erasure.
 *
 * Nobody else may use the cluster meanwhile. A restore that broke off is begun again with fresh topics and databases.
 *
 * @param databases as their owners
 * @throws Refusal when databases or topics are not empty, the keys are others, or the archive is not whole
 */
export async function restoreCluster(
  homes: ClusterHomes & { readonly archive: Archive },
  databases: Databases,
  source: string,
  manifest: ClusterManifest,
  say: (line: string) => void,
): Promise<ClusterRestored> {
  const { log, archive, registry, vault, blobs, warehouse } = homes;
  await putBack(databases, source, manifest);
  await expectKeys({ registry, vault });
  say('registry and vault are put back');
  await findSegments(archive, manifest);
  const logSurvived = log.epoch === manifest.epoch;
  if (logSurvived) await claimAgain(archivedLog<EventLog>(log, archive), registry.logLedger);
  else await fillLog(homes, manifest, say);
  say(logSurvived ? 'the claims of the log are made again' : 'the log is filled from the archive');
  const whole = logSurvived ? archivedLog<EventLog>(log, archive) : log;
  const erasedAgain = await replayErasures(whole, { vault, registry, blobs });
  say('folding the tables');
  const { facts } = await rebuild({ log: whole, warehouse, registry: registry.folds });
  return { facts, erasedAgain, backupOf: manifest.startedAt, logSurvived };
}

/** Segments that were written after the registry was backed up are found from the archive itself. */
async function findSegments(archive: Archive, { epoch, archived }: ClusterManifest): Promise<void> {
  const tips = await readTips(archive, epoch);
  for (const topic of topicNames) {
    for (const [partition, next] of archived[topic].entries()) {
      if ((tips?.[topic][partition]?.next ?? 0) < next)
        throw new Refusal(`the archive holds ${topic}/${partition} not as far as this backup says: is it that of another cluster?`, 4);
    }
  }
  if (!tips) return; // a log without a fact
  try {
    await indexAgain(archive, epoch, tips);
  } catch (error) {
    throw error instanceof SegmentRefused ? new Refusal(error.message, 4) : error;
  }
}

async function fillLog(
  { log, archive, registry, blobs }: ClusterHomes & { readonly archive: Archive },
  { epoch, archived }: ClusterManifest,
  say: (line: string) => void,
): Promise<void> {
  const nothingElse = { epoch, partitions: (topic) => archived[topic].length, read: () => Promise.resolve([]) } satisfies Pick<
    EventLog,
    'epoch' | 'partitions' | 'read'
  >;
  const former: FormerLog = Object.assign(archivedLog(nothingElse, archive), {
    claimOf: ({ stored }: { readonly stored: unknown }) => Promise.resolve(claimOf(stored)),
  });
  const moved: TopicMoved[] = [];
  const map = await moveLog(former, log, (topic) => {
    moved.push(topic);
    say(`${topic.topic}: ${topic.facts.toLocaleString('en')} facts`);
  });
  await expectArrived(log, map, moved);
  await registry.logMoves.note({ fromEpoch: epoch, toEpoch: log.epoch, map: await blobs.put(await map.encode()) });
}

/** The claims of a log that survived the database which held them. */
async function claimAgain(log: EventLog, ledger: Registry['logLedger']): Promise<void> {
  for (const topic of topicNames) {
    for (let partition = 0; partition < log.partitions(topic); partition++) {
      let page: Settled[] = [];
      for await (const { stored, position, recordedAt } of pages(log, topic, partition)) {
        const claim = claimOf(stored);
        if (claim) page.push({ ...claim, recorded: { position, recordedAt } });
        if (page.length < CLAIMS) continue;
        await settleFirst(ledger, page);
        page = [];
      }
      await settleFirst(ledger, page);
    }
  }
}

type Settled = Parameters<Registry['logLedger']['settle']>[0][number];
const CLAIMS = 1_000;

/** A fact that was appended twice has the claim of its first place. */
async function settleFirst(ledger: Registry['logLedger'], page: readonly Settled[]): Promise<void> {
  const first = new Map<string, Settled>();
  for (const each of page) {
    const name = JSON.stringify([each.tenant, each.id]);
    if (!first.has(name)) first.set(name, each);
  }
  const asked = [...first.values()];
  const standing = await ledger.standing(asked);
  const fresh = asked.filter((_, index) => !standing[index]);
  if (fresh.length === 0) return;
  const batch = randomUUID();
  if (!(await ledger.begin({ id: batch, claims: fresh.map(({ tenant, id, hash }) => ({ tenant, id, hash })), from: [] })))
    throw new Refusal('somebody else claims statements: stop every service before a restore');
  await ledger.settle(fresh, batch);
}
