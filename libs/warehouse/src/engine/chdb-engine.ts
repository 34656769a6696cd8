import { text } from 'node:stream/consumers';
import { createClient } from '@clickhouse/client';
import { type Rendered } from '../sql.js';
import { type Engine, type Format, settings } from './engine.js';
import { explained } from './errors.js';
import { parameterText } from './parameters.js';

type ClientOptions = NonNullable<Parameters<typeof createClient>[0]>;

/**
 * A connection to the ClickHouse engine in this process.
 *
 * Bound values are set as parameters of the session rather than through `query_params`: the binding runs queries with
 * `query_params` one at a time over all connections (measured: a look-up of 1 ms waited 1.8 s behind a long question).
 * The engine still binds and types them. Inserts hand their bytes over without a copy into a query's text.
 *
 * Never close it inside a worker thread: that hangs the process.
 */
export async function openChdbEngine(path: string, database: string): Promise<Engine> {
  // Loaded by threads that use it only: when a thread that has loaded the engine ends, the engine of all others stands still.
  const { createChdbConnection } = await import('chdb/connection');
  const connection = createChdbConnection({ path });
  // The binding brings its own copy of the client's types, whose private members keep two equal classes apart.
  const client = createClient({ connection: connection as unknown as NonNullable<ClientOptions['connection']> });
  const command = async (query: string) => {
    await explained(client.command({ query }));
  };
  await command(`CREATE DATABASE IF NOT EXISTS ${database}`);
  await command(`USE ${database}`);
  for (const [name, value] of Object.entries(settings)) {
    await command(`SET ${name} = ${typeof value === 'number' ? value : `'${value}'`}`);
  }

  const params = (query: Rendered) =>
    Object.fromEntries(
      // The client quotes a setting but leaves its backslashes to be read as escapes.
      Object.entries(query.params).map(([name, value]) => [`param_${name}`, parameterText(value).replaceAll('\\', '\\\\')]),
    );

  const read = async (query: Rendered, format: Format): Promise<Uint8Array> => {
    const { stream } = await explained(client.exec({ query: `${query.text}\nFORMAT ${format}`, clickhouse_settings: params(query) }));
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  };

  return {
    read,
    async *stream(query, format) {
      yield await read(query, format);
    },
    async run(query) {
      const { stream } = await explained(client.exec({ query: query.text, clickhouse_settings: params(query) }));
      await text(stream);
    },
    async insert(table, columns, rows) {
      await explained(
        connection.chdb.rawInsert({ table: `${database}.${table}`, columns: [...columns], values: rows, format: 'TabSeparated' }),
      );
    },
    close: () => client.close(),
  };
}
