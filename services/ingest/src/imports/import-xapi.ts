import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type XapiVersion } from '@pharos/xapi';
import { type Sender } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { jsonItems } from './json-items.js';
import { StatementFeed } from './statement-feed.js';
import { Counter, type OnProgress, type Tally } from './tally.js';

export interface XapiImport {
  /** NDJSON, or one array of statements; plain, or gzip where the name ends in `.gz`. */
  readonly file: string;
  readonly tenant: string;
  readonly door: Door;
  readonly sender: Sender;
  /** Default 1.0.3. */
  readonly version?: XapiVersion;
  /** Statements count as known from their own timestamp. Needs the scope `history/write`. */
  readonly history?: boolean;
  readonly onProgress?: OnProgress;
}

const TOLD_EVERY = 1_000;

/**
 * Imports statements from a file through the checks of the door, streamed. What cannot be taken becomes a dead letter
 * with file, line and reason.
 *
 * Statements without an id get a new one each time: such a file must not be imported twice.
 *
 * @throws ImportStopped when the log cannot take it now, or the sender may not
 */
export async function importXapi({
  file,
  tenant,
  door,
  sender,
  version = '1.0.3',
  history = false,
  onProgress,
}: XapiImport): Promise<Tally> {
  const counter = new Counter(onProgress);
  const name = path.basename(file);
  const feed = new StatementFeed({ door, tenant, sender, version, source: 'import xapi', file: name, counter });
  counter.begin(name);
  let read = 0;
  for await (const { text, line } of jsonItems(createInterface({ input: bytesOf(file), crlfDelay: Infinity }))) {
    const statement = parsed(text);
    if (statement === undefined) await feed.refuse([{ place: `${name}:${line}`, step: 'parse', reason: 'is not JSON', bytes: text }]);
    else if (feed.push({ statement, line, ...(history && { knownAt: timestampOf(statement) ?? door.now().toISOString() }) }))
      await feed.send();
    read += 1;
    if (read % TOLD_EVERY === 0) counter.read(TOLD_EVERY);
  }
  await feed.finish();
  counter.read(read % TOLD_EVERY);
  return counter.tally();
}

function bytesOf(file: string): Readable {
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes;
  const text = createGunzip();
  bytes.on('error', (error) => text.destroy(error));
  return bytes.pipe(text);
}

/** Undefined for what is no JSON; `null` is JSON, and the door says why it is no statement. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whatever does not read as a moment is refused by the door a step later. */
function timestampOf(statement: unknown): string | undefined {
  const timestamp = (statement as { readonly timestamp?: unknown } | null)?.timestamp;
  const moment = typeof timestamp === 'string' ? new Date(timestamp) : undefined;
  return moment === undefined || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
