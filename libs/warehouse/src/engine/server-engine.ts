import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createClient } from '@clickhouse/client';
import { type Engine, type Format, settings } from './engine.js';
import { explained } from './errors.js';
import { type Rendered } from '../sql.js';

export interface ServerHome {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

const REQUEST_TIMEOUT_MS = 600_000;

/** A connection to a ClickHouse server or cluster over HTTP. */
export async function openServerEngine(home: ServerHome, database: string): Promise<Engine> {
  const options = {
    url: home.url,
    ...(home.username === undefined ? {} : { username: home.username }),
    ...(home.password === undefined ? {} : { password: home.password }),
    // Progress in the head of an answer keeps proxies from cutting a long question off.
    clickhouse_settings: { ...settings, send_progress_in_http_headers: 1 as const, http_headers_progress_interval_ms: '20000' },
    // Bound lists of learners are longer than an address may be.
    use_multipart_params: true,
    // A fold that waits for a merge, a rebuild, a roll-up of everything: minutes are no failure.
    request_timeout: REQUEST_TIMEOUT_MS,
  };
  const founder = createClient(options);
  await explained(founder.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` }));
  await founder.close();
  const client = createClient({ ...options, database });

  const execute = (query: Rendered, format?: Format) =>
    explained(
      client.exec({
        query: format === undefined ? query.text : `${query.text}\nFORMAT ${format}`,
        query_params: { ...query.params },
      }),
    );

  return {
    async read(query, format) {
      const { stream } = await execute(query, format);
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
    async *stream(query, format) {
      const { stream } = await execute(query, format);
      for await (const chunk of stream) yield chunk as Uint8Array;
    },
    async run(query) {
      await text((await execute(query)).stream);
    },
    async insert(table, columns, rows) {
      const { stream } = await explained(
        client.exec({ query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT TabSeparated`, values: Readable.from([rows]) }),
      );
      await text(stream);
    },
    close: () => client.close(),
  };
}
