import { type Position, type Stored } from '@pharos/event-log';
import { type Row, type TableName, WarehouseRefused, type WarehouseWriter } from '@pharos/warehouse';
import { type Refusal } from './dead-letter.js';
import { foldStored } from './fold/fold-stored.js';
import { type Placed } from './fold/folded.js';
import { TouchedKnowledge } from './knowledge/touched-knowledge.js';
import { type PlacedLines, Rooms, TableText } from './table-text.js';
import { TouchedSet } from './touched-set.js';

/** Links of one span: more say nothing. */
const MOST_TRACES = 64;

interface Said {
  readonly row: Row<'sent_definitions'>;
  readonly place: Position;
}

/** What a run of facts becomes: rows per table as bytes, learner-days to compute again, and what was refused. */
export class RowBatch {
  private readonly texts = new Map<TableName, TableText>();
  readonly touched = new TouchedSet();
  readonly knowledge = new TouchedKnowledge();
  readonly refused: Refusal[] = [];
  facts = 0;
  /** Traces in which facts of the batch were appended; a few are as good as all. */
  readonly traces = new Set<string>();

  /** Definitions by what they say: a batch writes each once, where it was last said. */
  private readonly definitions = new Map<string, Map<string, Said>>();

  /**
   * @param writer encodes rows, while the engine is busy with the batch before
   * @param knownRows contexts that were written before; each is written once per process
   * @param rooms memory that batches before have left
   */
  constructor(
    private readonly writer: Pick<WarehouseWriter, 'encodeRow'>,
    private readonly knownRows: Set<string>,
    private readonly rooms = new Rooms(),
  ) {}

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

  /** The rows of each table. Nothing is added after it was asked for. */
  tables(): readonly (readonly [TableName, PlacedLines])[] {
    for (const said of this.definitions.values()) for (const { row, place } of said.values()) this.write('sent_definitions', row, place);
    return [...this.texts].map(([table, text]) => [table, text.all()] as const);
  }

  /** Leaves its memory to the next batch. The engine has the rows, and nobody asks for them again. */
  leave(): void {
    for (const [table, text] of this.texts) this.rooms.give(table, text.leave());
    this.texts.clear();
  }

  private place(placed: Placed, stored: Stored): void {
    if (placed.table === 'contexts' && this.isKnown(`${placed.row.tenant}\n${placed.row.context.join('\n')}`)) return;
    if (placed.table === 'statements') this.touched.day(placed.row.tenant, placed.row.learner, placed.row.occurred_at.slice(0, 10));
    if (placed.table === 'voids') this.touched.voided(placed.row.tenant, placed.row.target);
    this.knowledge.note(placed);
    if (placed.table === 'sent_definitions') {
      this.say(placed.row, stored.position);
      return;
    }
    try {
      this.write(placed.table, placed.row, stored.position);
    } catch (error) {
      if (!(error instanceof WarehouseRefused)) throw error;
      this.refused.push({ stored, step: `insert into ${placed.table}`, reason: error.message });
    }
  }

  private write<T extends TableName>(table: T, row: Row<T>, place: Position): void {
    const line = this.writer.encodeRow(table, row);
    let text = this.texts.get(table);
    if (!text) this.texts.set(table, (text = new TableText(this.rooms.take(table))));
    text.add(line, place);
  }

  private say(row: Row<'sent_definitions'>, place: Position): void {
    // By the long text alone first: a key of everything would be a longer text still, made for every statement.
    let said = this.definitions.get(row.definition);
    if (!said) this.definitions.set(row.definition, (said = new Map<string, Said>()));
    const of = `${row.tenant}\n${row.activity}`;
    const known = said.get(of);
    if (!known || isLater(row, known.row)) said.set(of, { row, place });
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
