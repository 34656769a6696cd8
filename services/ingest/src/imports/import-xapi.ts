import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type XapiVersion } from '@pharos/xapi';
import { type Sender } from '../door/batch.js';
import { type Door } from '../door/door.js';
import { parseJson } from '../http/json-body.js';
import { type SentPart } from '../attachments/read-multipart.js';
import { readContent } from '../exports/export-lines.js';
import { keyedIds } from '../keyed-id.js';
import { jsonItems } from './json-items.js';
import { StatementFeed } from './statement-feed.js';
import { Counter, type OnProgress, type Tally } from './tally.js';

export interface XapiImport {
  /** NDJSON, or one array of statements; plain, or gzip where the name ends in `.gz`. */
  readonly file: string;
  readonly tenant: string;
  readonly door: Door;
  readonly sender: Sender;
  /** Of statements that do not say theirs; default 1.0.3. */
  readonly version?: XapiVersion;
  /** One batch after the other, so that statements are stored in the order of the file: for an export of a store. Slower. */
  readonly inOrder?: boolean;
  /** Statements count as known from their own timestamp. Needs the scope `history/write`. */
  readonly history?: boolean;
  readonly onProgress?: OnProgress;
}

const TOLD_EVERY = 1_000;

/**
 * Imports statements from a file through the checks of the door, streamed. What cannot be taken becomes a dead letter
 * with file, line and reason.
 *
 * A statement without an id gets one from its place and its text, so that importing the file again adds nothing. Contents of
 * attachments belong to the statement that comes after them.
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
  inOrder = false,
  onProgress,
}: XapiImport): Promise<Tally> {
  const counter = new Counter(onProgress);
  const name = path.basename(file);
  const underWay = inOrder ? 1 : undefined;
  const feedOf = (of: XapiVersion) =>
    new StatementFeed({ door, tenant, sender, version: of, source: 'import xapi', file: name, counter, ...(underWay && { underWay }) });
  const feeds = { '1.0.3': feedOf('1.0.3'), '2.0.0': feedOf('2.0.0') } as const;
  let feed = feeds[version];
  counter.begin(name);
  let read = 0;
  let contents: Content[] = [];
  const idOf = keyedIds(await door.vault.hashKey(tenant));
  for await (const { text, line } of jsonItems(createInterface({ input: bytesOf(file), crlfDelay: Infinity }))) {
    const parsed = parseJson(Buffer.from(text));
    const content = parsed.ok ? readContent(parsed.value) : undefined;
    if (content?.ok) contents.push({ part: content.part, line });
    else if (content !== undefined) await feed.refuse([{ place: `${name}:${line}`, step: 'parse', reason: content.reason, bytes: text }]);
    if (content !== undefined) continue;
    const [named, others] = byMention(contents, text);
    contents = [];
    if (others.length > 0) await feed.refuse(unnamed(name, others));
    const statement = parsed.ok ? withId(parsed.value, () => idOf('import xapi', name.replace(/\.gz$/, ''), read, text)) : undefined;
    const wanted = feeds[versionSaid(statement) ?? version];
    // A batch is of one version; what came before is stored before.
    if (wanted !== feed) await feed.finish();
    feed = wanted;
    if (!parsed.ok) await feed.refuse([{ place: `${name}:${line}`, step: 'parse', reason: parsed.reason, bytes: text }]);
    else if (
      feed.push({
        statement,
        numbers: parsed.numbers,
        line,
        ...(named.length > 0 && { parts: named.map(({ part }) => part) }),
        ...(history && { knownAt: timestampOf(statement) ?? door.now().toISOString() }),
      })
    )
      await feed.send();
    read += 1;
    if (read % TOLD_EVERY === 0) counter.read(TOLD_EVERY);
  }
  if (contents.length > 0) await feed.refuse(unnamed(name, contents));
  await feed.finish();
  counter.read(read % TOLD_EVERY);
  return counter.tally();
}

interface Content {
  readonly part: SentPart;
  readonly line: number;
}

/** The letter says which it was; the content itself stays in the file. */
const unnamed = (file: string, contents: readonly Content[]) =>
  contents.map(({ part, line }) => ({ place: `${file}:${line}`, step: 'parse', reason: UNNAMED, bytes: part.sha2 }));
const UNNAMED = 'no statement after this content names it';

/** Contents that a statement's text names, and those that it does not. */
function byMention(contents: readonly Content[], text: string): readonly [readonly Content[], readonly Content[]] {
  if (contents.length === 0) return [[], []];
  const lower = text.toLowerCase();
  const isNamed = ({ part }: Content) => lower.includes(part.sha2);
  return [contents.filter(isNamed), contents.filter((content) => !isNamed(content))];
}

/** A file's bytes, unpacked where its name says gzip. */
export function bytesOf(file: string): Readable {
  const bytes = createReadStream(file);
  if (!file.endsWith('.gz')) return bytes;
  const text = createGunzip();
  bytes.on('error', (error) => text.destroy(error));
  return bytes.pipe(text);
}

function withId(statement: unknown, newId: () => string): unknown {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement) || 'id' in statement) return statement;
  return { id: newId(), ...statement };
}

/** The version that a statement says it is of; undefined where it says none. */
export function versionSaid(statement: unknown): XapiVersion | undefined {
  const version = (statement as { readonly version?: unknown } | null | undefined)?.version;
  if (typeof version !== 'string') return undefined;
  return version.startsWith('2.') ? '2.0.0' : '1.0.3';
}

/** Whatever does not read as a moment is refused by the door a step later. */
function timestampOf(statement: unknown): string | undefined {
  const timestamp = (statement as { readonly timestamp?: unknown } | null)?.timestamp;
  const moment = typeof timestamp === 'string' ? new Date(timestamp) : undefined;
  return moment === undefined || Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
