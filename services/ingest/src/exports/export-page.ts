import { type EventLog, type Stored } from '@pharos/event-log';
import { readFact } from '@pharos/facts';
import { type LoggedStatement } from '../door/read-statement.js';

/** How far an export has come: it goes on from here, after an hour or a restart, with what was stored since. */
export interface ExportPosition {
  /** Names the log that the offsets belong to. */
  readonly epoch: string;
  /** Next offset of each partition of the topic `statements`. */
  readonly next: readonly number[];
}

export interface ExportPage {
  /** In the order of storing, taken-back ones included. */
  readonly statements: readonly LoggedStatement[];
  readonly position: ExportPosition;
  /** Whether the log held more when the page was made. */
  readonly more: boolean;
}

/** Facts of one partition that are read at once. */
const CHUNK = 250;
/** Facts looked at for one page: others' statements cost time too. */
const MOST_FACTS = 20_000;

interface Lane {
  readonly partition: number;
  readonly head: number;
  next: number;
  ahead: readonly Stored[];
}

export const exportStart = (log: Pick<EventLog, 'epoch' | 'partitions'>): ExportPosition => ({
  epoch: log.epoch,
  next: Array.from({ length: log.partitions('statements') }, () => 0),
});

/**
 * The next statements of one tenant after a position, from the log itself.
 *
 * @param limit most statements; a page may be shorter and still have others after it
 * @throws RangeError for a position of another log
 */
export async function exportPage(
  log: Pick<EventLog, 'epoch' | 'heads' | 'read'>,
  tenant: string,
  after: ExportPosition,
  limit: number,
): Promise<ExportPage> {
  const heads = await log.heads('statements');
  if (after.epoch !== log.epoch || after.next.length !== heads.length) throw new RangeError('the position belongs to another log');
  const lanes = heads.map((head, partition): Lane => ({ partition, head, next: after.next[partition]!, ahead: [] }));
  const statements: LoggedStatement[] = [];
  for (let facts = 0; facts < MOST_FACTS && statements.length < limit; facts++) {
    await Promise.all(lanes.map((lane) => readAhead(log, lane)));
    const first = earliest(lanes);
    if (first === undefined) break;
    const [stored, ...ahead] = first.ahead;
    first.ahead = ahead;
    first.next += 1;
    const found = statementOf(tenant, stored!);
    if (found) statements.push(found);
  }
  const position = { epoch: log.epoch, next: lanes.map(({ next }) => next) };
  return { statements, position, more: lanes.some(({ next, head }) => next < head) };
}

async function readAhead(log: Pick<EventLog, 'read'>, lane: Lane): Promise<void> {
  if (lane.ahead.length > 0 || lane.next >= lane.head) return;
  lane.ahead = await log.read('statements', lane.partition, lane.next, { maxFacts: Math.min(CHUNK, lane.head - lane.next) });
  if (lane.ahead.length === 0) throw new Error(`the log at statements/${lane.partition}/${lane.next} cannot be read`);
}

/** Within a partition time never goes backwards, so the first of each is all that has to be compared. */
function earliest(lanes: readonly Lane[]): Lane | undefined {
  let first: Lane | undefined;
  for (const lane of lanes) {
    const at = lane.ahead[0]?.recordedAt;
    if (at !== undefined && (first === undefined || at < first.ahead[0]!.recordedAt)) first = lane;
  }
  return first;
}

/** What cannot be read as a fact is no statement; the fold puts it aside. */
function statementOf(tenant: string, { stored, recordedAt }: Stored): LoggedStatement | undefined {
  const read = readFact(stored);
  if (!read.ok || read.fact.tenant !== tenant || read.fact.type !== 'StatementRecorded') return undefined;
  return { id: read.fact.id, recordedAt, data: read.fact.data };
}

/** @example positionText(position) // => 'eyJlcG9jaCI6…' */
export const positionText = (position: ExportPosition): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws RangeError for anything but a position made here */
export function readPosition(text: string): ExportPosition {
  let read: Partial<ExportPosition> | null;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<ExportPosition> | null;
  } catch {
    throw new RangeError('not a position that this store has made');
  }
  const { epoch, next } = read ?? {};
  const isMade = typeof epoch === 'string' && Array.isArray(next) && next.every((each) => Number.isSafeInteger(each) && each >= 0);
  if (!isMade) throw new RangeError('not a position that this store has made');
  return { epoch, next };
}
