import { type Stored } from '@pharos/event-log';
import { type EncodedRows, type Row, type TableName, WarehouseRefused, type WarehouseWriter } from '@pharos/warehouse';
import { type Refusal } from './dead-letter.js';
import { foldStored } from './fold/fold-stored.js';
import { type Placed } from './fold/folded.js';
import { TouchedKnowledge } from './knowledge/touched-knowledge.js';
import { TouchedSet } from './touched-set.js';

/** Rows of one table, and for each the fact it came from, so that a row that the engine refuses can be told by its place. */
export interface TableRows {
  readonly rows: Row[];
  readonly sources: Stored[];
  /** The rows as bytes; missing when one of them cannot be encoded, which writing them will find out. */
  encoded?: EncodedRows;
}

/** Links of one span: more say nothing. */
const MOST_TRACES = 64;

/** What a run of facts becomes: rows per table, learner-days to compute again, and what was refused. */
export class RowBatch {
  readonly tables = new Map<TableName, TableRows>();
  readonly touched = new TouchedSet();
  readonly knowledge = new TouchedKnowledge();
  readonly refused: Refusal[] = [];
  facts = 0;
  /** Traces in which facts of the batch were appended; a few are as good as all. */
  readonly traces = new Set<string>();

  /** Where in its table's rows a definition stands: a batch writes each once, where it was last said. */
  private readonly definitions = new Map<string, number>();

  /** @param knownRows contexts that were written before; each is written once per process */
  constructor(private readonly knownRows: Set<string>) {}

  add(stored: Stored): void {
    this.facts += 1;
    if (stored.trace !== undefined && this.traces.size < MOST_TRACES) this.traces.add(stored.trace);
    const folded = foldStored(stored);
    switch (folded.verdict) {
      case 'ok':
        for (const placed of folded.rows) this.place(placed, stored);
        return;
      case 'deadLetter':
        this.refused.push({ stored, step: folded.step, reason: folded.reason });
        return;
      case 'drop':
        return;
      default:
        folded satisfies never;
    }
  }

  /** Encodes all rows now, while the engine is busy with the batch before. */
  encode(writer: WarehouseWriter): void {
    for (const [table, rows] of this.tables) {
      try {
        rows.encoded = writer.encode(table, rows.rows);
      } catch (error) {
        if (!(error instanceof WarehouseRefused)) throw error;
      }
    }
  }

  private place(placed: Placed, stored: Stored): void {
    if (placed.table === 'contexts' && this.isKnown(`${placed.row.tenant}\n${placed.row.context.join('\n')}`)) return;
    if (placed.table === 'sent_definitions' && this.wasSaid(placed.row, stored)) return;
    if (placed.table === 'statements') this.touched.day(placed.row.tenant, placed.row.learner, placed.row.occurred_at.slice(0, 10));
    if (placed.table === 'voids') this.touched.voided(placed.row.tenant, placed.row.target);
    this.knowledge.note(placed);
    let table = this.tables.get(placed.table);
    if (!table) this.tables.set(placed.table, (table = { rows: [], sources: [] }));
    table.rows.push(placed.row);
    table.sources.push(stored);
  }

  /** Whether the batch has the definition already; it then stands where it was said last. */
  private wasSaid(row: Row<'sent_definitions'>, stored: Stored): boolean {
    const key = `${row.tenant}\n${row.activity}\n${row.definition}`;
    const index = this.definitions.get(key);
    const { rows, sources } = this.tables.get('sent_definitions') ?? { rows: [], sources: [] };
    if (index === undefined) {
      this.definitions.set(key, rows.length);
      return false;
    }
    if (isLater(row, rows[index] as Row<'sent_definitions'>)) [rows[index], sources[index]] = [row, stored];
    return true;
  }

  private isKnown(key: string): boolean {
    if (this.knownRows.has(key)) return true;
    this.knownRows.add(key);
    return false;
  }
}

/** By the order that facts carry, which the engine goes by as well. */
function isLater(one: Row<'sent_definitions'>, other: Row<'sent_definitions'>): boolean {
  if (one.recorded_at !== other.recorded_at) return one.recorded_at > other.recorded_at;
  return one.log_partition === other.log_partition ? one.log_offset > other.log_offset : one.log_partition > other.log_partition;
}
