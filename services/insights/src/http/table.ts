import { ARROW, type DownloadFormat } from '@pharos/contract';
import { Field, Float64, makeBuilder, RecordBatch, RecordBatchStreamWriter, Schema, Struct, makeData, Utf8 } from 'apache-arrow';
import { Download } from './caller.js';
import { csvOf } from './csv.js';

/** A column of a table that can be taken away: name in snake case, type, and its value in a row; null where there is none. */
export type Column<Row> =
  | readonly [name: string, type: 'text', value: (row: Row) => string | null]
  | readonly [name: string, type: 'number', value: (row: Row) => number | null];

/** Rows per Arrow batch: small enough to leave early, large enough that the frame around it does not matter. */
const BATCH = 8_192;

function batchOf<Row>(schema: Schema, columns: readonly Column<Row>[], rows: readonly Row[]): RecordBatch {
  const children = columns.map(([, , value], i) => {
    const builder = makeBuilder({ type: schema.fields[i]!.type as Utf8 | Float64, nullValues: [null] });
    for (const row of rows) builder.append(value(row) as never);
    return builder.finish().flush();
  });
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }));
}

async function* arrowOf<Row>(columns: readonly Column<Row>[], rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Uint8Array> {
  const schema = new Schema(columns.map(([name, type]) => new Field(name, type === 'text' ? new Utf8() : new Float64(), true)));
  const writer = new RecordBatchStreamWriter();
  const feed = async () => {
    let waiting: Row[] = [];
    writer.reset(undefined, schema);
    for await (const row of rows) {
      waiting.push(row);
      if (waiting.length < BATCH) continue;
      writer.write(batchOf(schema, columns, waiting));
      waiting = [];
    }
    if (waiting.length > 0) writer.write(batchOf(schema, columns, waiting));
    writer.close();
  };
  const fed = feed().catch((error: unknown) => writer.abort(error));
  yield* writer;
  await fed;
}

/** Rows as an Arrow IPC stream or as CSV, sent while they are read. */
export function download<Row>(format: DownloadFormat, columns: readonly Column<Row>[], rows: Iterable<Row> | AsyncIterable<Row>): Download {
  if (format === ARROW) return new Download(format, arrowOf(columns, rows));
  async function* lines() {
    for await (const row of rows) yield columns.map(([, , value]) => value(row));
  }
  return new Download(
    format,
    csvOf(
      columns.map(([name]) => name),
      lines(),
    ),
  );
}
