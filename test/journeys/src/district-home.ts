import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Fact, readFact, type Topic, topicNames } from '@pharos/facts';
import { type Door } from '@pharos/ingest';
import { type JobsHome } from '@pharos/jobs';
import { createProjector } from '@pharos/projector';
import { createLogger, readConfiguration } from '@pharos/runtime';
import { type District, simulateDistrict, type World } from '@pharos/simulator';
import { fillDemo } from '@pharos/standalone/demo/fill-demo';
import { FOLD_CONSUMER, type EmbeddedHomes, openHomes } from '@pharos/standalone/homes/open-homes';
import { createHomeDoor } from '@pharos/standalone/server';

export const tenant = 'lakeshore';
const moment = '2026-11-22T12:00:00.000Z';
export const now = (): Date => new Date(moment);

export interface DistrictHome {
  readonly folder: string;
  readonly homes: EmbeddedHomes;
  readonly door: Door;
  readonly district: District;
  /** Tokens by sourced id. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly jobs: JobsHome;
  /** Folds until the tables have everything. */
  fold(): Promise<number>;
  facts(topics?: readonly Topic[]): Promise<readonly Fact[]>;
  close(): Promise<void>;
}

/** What a command starts from, over a folder of a test. */
export function contextOf(dataDir: string) {
  const parsed = readConfiguration({ PHAROS_DATA_DIR: dataDir, PHAROS_LOG_LEVEL: 'error' });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return { configuration: parsed.settings, logger: createLogger('error', 'journeys'), now };
}

/** A small district, sent in at the door of real homes in a folder of their own, and folded. */
export async function openDistrict(learners: number, seed: number, world?: World): Promise<DistrictHome> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-journey-'));
  await chmod(folder, 0o711);
  const context = contextOf(path.join(folder, 'data'));
  const homes = await openHomes(context.configuration, context.logger, now);
  const district = simulateDistrict({ seed, learners, now: moment, ...(world && { world }) });
  await homes.registry.tenants.put({ id: tenant, name: district.name, settings: { timeZone: district.timeZone } });
  const door = createHomeDoor(homes);
  const tokens = await fillDemo(district, tenant, door, { lms: 'lms', video: 'video', practice: 'practice' });
  const { log, warehouse, registry } = homes;
  const fold = () => createProjector({ log, warehouse, registry: registry.folds }).runUntilCaughtUp();
  await fold();
  return {
    folder, homes, door, district, tokens, fold,
    jobs: { log, warehouse, registry, logger: context.logger, now, holder: 'journeys', foldedBy: FOLD_CONSUMER },
    facts: async (topics = topicNames) => (await Promise.all(topics.map((topic) => factsOf(homes, topic)))).flat(),
    close: async () => {
      await homes.close();
      await rm(folder, { recursive: true, force: true });
    },
  }; // prettier-ignore
}

async function factsOf({ log }: EmbeddedHomes, topic: Topic): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (let partition = 0; partition < log.partitions(topic); partition += 1) {
    for (let from = 0; ;) {
      const stored = await log.read(topic, partition, from);
      for (const each of stored) {
        const read = readFact(each.stored);
        if (!read.ok) throw new Error(`${topic} ${partition}/${each.position.offset} cannot be read: ${JSON.stringify(each.stored)}`);
        facts.push(read.fact);
      }
      const last = stored.at(-1);
      if (!last) break;
      from = last.position.offset + 1;
    }
  }
  return facts;
}
