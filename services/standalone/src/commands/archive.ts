import { type Command } from 'commander';
import { type Archive, readSegment, writeArchive } from '@pharos/event-log';
import { topicNames } from '@pharos/facts';
import { type Homes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { readContext, withHomes } from './command-context.js';
import { createReport } from './report.js';

interface ArchiveOptions {
  readonly json?: boolean;
}

export function addArchive(program: Command): void {
  const archive = program
    .command('archive')
    .description('every topic as packed, checksummed segments that never change; rebuild --from archive folds them');
  archive
    .command('write')
    .description('archive everything up to the heads now, also what a running projector would leave for later')
    .option('--json', 'print JSON')
    .action(({ json = false }: ArchiveOptions) =>
      withHomes(readContext(), async (homes) => {
        const written = await writeArchive({ log: homes.log, ...archiveOf(homes), now: homes.now, afterMs: 0 });
        const { facts, segments, bytes } = written;
        createReport(json).result(
          written,
          `${facts.toLocaleString('en')} facts archived in ${segments} segments of ${bytes.toLocaleString('en')} bytes`,
        );
      }),
    );
  archive
    .command('check')
    .description('read every segment: that it is there, is what was written, and follows the one before it')
    .option('--json', 'print JSON')
    .action(({ json = false }: ArchiveOptions) =>
      withHomes(readContext(), async (homes) => {
        const checked = await checkArchive(homes, archiveOf(homes));
        createReport(json).result(
          checked,
          `${checked.segments} segments with ${checked.facts.toLocaleString('en')} facts are whole; ${checked.notYet.toLocaleString('en')} facts are not archived yet`,
        );
      }),
    );
}

/** @throws Refusal naming the settings where a cluster has no archive */
export function archiveOf({ archive }: Pick<Homes, 'archive'>): Archive {
  if (!archive) throw new Refusal('PHAROS_ARCHIVE_DIR or PHAROS_ARCHIVE_URL is missing: this cluster has no archive', 2);
  return archive;
}

/** @throws Refusal naming the first segment that is not as it should be */
async function checkArchive({ log }: Pick<Homes, 'log'>, archive: Archive) {
  let [segments, facts, notYet] = [0, 0, 0];
  for (const topic of topicNames) {
    const heads = await log.heads(topic);
    for (const [partition, head] of heads.entries()) {
      let next = 0;
      for (const segment of await archive.index.segments(log.epoch, topic, partition)) {
        if (segment.first !== next) throw new Refusal(`the archive of ${topic}/${partition} has a gap at ${next}`, 4);
        await readSegment(archive, segment).catch((error: unknown) => {
          throw new Refusal((error as Error).message, 4);
        });
        next = segment.next;
        segments += 1;
        facts += next - segment.first;
      }
      notYet += head - next;
    }
  }
  return { segments, facts, notYet };
}
