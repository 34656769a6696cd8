import { setTimeout } from 'node:timers/promises';
import { type XapiVersion } from '@pharos/xapi';
import { type SentPart } from '../attachments/read-multipart.js';
import { type Accepted, type Refusal, type Sender } from '../door/batch.js';
import { deadLetter, type Refused } from '../door/dead-letters.js';
import { type Entry } from '../door/door.js';
import { ownErrors, reasonOf } from '../door/lenient.js';
import { type ExactNumber } from '../json/exact-numbers.js';
import { Conveyor } from './conveyor.js';
import { type Counting } from './tally.js';

/** A statement on its way in, and where it was read. */
export interface FeedItem {
  readonly statement: unknown;
  /** Those of it that a double does not hold, as they were written. */
  readonly numbers?: readonly ExactNumber[];
  readonly knownAt?: string;
  /** Raw contents of its attachments, as far as they came along. */
  readonly parts?: readonly SentPart[];
  /** Line in the file; the header or the first line is 1. */
  readonly line: number;
}

export interface FeedOptions {
  readonly door: Entry;
  readonly tenant: string;
  readonly sender: Sender;
  readonly version: XapiVersion;
  /** For dead letters: `import oulad`. */
  readonly source: string;
  readonly file: string;
  readonly counter: Counting;
  /** Batches under way at once; with one, statements are stored in the order they came in. */
  readonly underWay?: number;
}

/** Large enough to share a flush, small enough that the event loop is not held for long. */
const BATCH = 500;
/** Contents of attachments that wait for their batch. */
const BATCH_BYTES = 16 * 1024 * 1024;
const UNDER_WAY = 6;
const RETRIES_MS = [200, 1_000, 5_000];

/** The log cannot take the import now. What was taken is kept: the same import run again goes on from there. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped';
}

/**
 * Feeds statements to the door in batches, several under way. What the door refuses becomes a dead letter; the rest of
 * its batch is taken.
 */
export class StatementFeed {
  private readonly conveyor: Conveyor;
  private items: FeedItem[] = [];
  private bytes = 0;

  constructor(private readonly options: FeedOptions) {
    this.conveyor = new Conveyor(options.underWay ?? UNDER_WAY);
  }

  async add(item: FeedItem): Promise<void> {
    if (this.push(item)) await this.send();
  }

  /** True when `add` would have to send: what lets a loop over rows await once for a batch. */
  push(item: FeedItem): boolean {
    for (const { bytes } of item.parts ?? []) this.bytes += bytes.length;
    return this.items.push(item) >= BATCH || this.bytes >= BATCH_BYTES;
  }

  async send(): Promise<void> {
    const items = this.items;
    this.items = [];
    this.bytes = 0;
    if (items.length > 0) await this.conveyor.add(() => this.take(items));
  }

  async refuse(letters: readonly Omit<Refused, 'source'>[]): Promise<void> {
    const { door, tenant, source, counter } = this.options;
    await deadLetter(
      door,
      tenant,
      letters.map((letter) => ({ ...letter, source })),
    );
    counter.add({ deadLetters: letters.length });
  }

  async finish(): Promise<void> {
    await this.send();
    await this.conveyor.drain();
  }

  private async take(items: readonly FeedItem[]): Promise<void> {
    let left = items;
    while (left.length > 0) {
      const accepted = await this.accept(left);
      if (accepted.ok) {
        const known = accepted.results.filter(({ status }) => status === 'known').length;
        this.options.counter.add({ known, appended: accepted.results.length - known });
        return;
      }
      const { refused } = accepted;
      if (refused.statements.length === 0) throw new ImportStopped(refused.detail);
      const blamed = new Set(refused.statements);
      await this.refuse([...blamed].map((index) => this.letterOf(left[index]!, index, refused)));
      left = left.filter((_, index) => !blamed.has(index));
    }
  }

  private async accept(items: readonly FeedItem[]): Promise<Accepted> {
    const { door, tenant, sender, version } = this.options;
    const statements = items.map(({ statement }) => statement);
    const knownAt = items.flatMap(({ knownAt: known }) => (known === undefined ? [] : [known]));
    const exactNumbers = new Map(
      items.flatMap(({ statement, numbers = [] }) => (numbers.length > 0 ? [[statement, numbers] as const] : [])),
    );
    const parts = items.flatMap(({ parts: own = [] }) => own);
    const optional = { ...(knownAt.length > 0 && { knownAt }), ...(parts.length > 0 && { parts, partsMayLack: true }) };
    const batch = { tenant, sender, version, statements, exactNumbers, ...optional };
    let accepted = await door.acceptStatements(batch);
    for (const wait of RETRIES_MS) {
      if (accepted.ok || accepted.refused.status !== 503) return accepted;
      await setTimeout(wait);
      accepted = await door.acceptStatements(batch);
    }
    return accepted;
  }

  private letterOf({ statement, line }: FeedItem, index: number, { step, errors }: Refusal): Omit<Refused, 'source'> {
    const reason = reasonOf(ownErrors(errors, index));
    return { place: `${this.options.file}:${line}`, step, reason, bytes: JSON.stringify(statement) };
  }
}
