import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createClient } from '@clickhouse/client';
import { type Engine, type Format, settings } from './engine.js';
import { explained } from './errors.js';
import { questionLimits } from './question-limits.js';
import { type Rendered } from '../sql.js';
import { type Purpose, type WarehouseServer } from '../warehouse.js';

/**
 * A server that is silent for so long is gone, or the network between is: where packets are dropped nothing else would say so.
 * A long question is not silent, since the server sends its progress in the head of the answer.
 */
const SILENCE_MS = 90_000;
const PROGRESS_EVERY_MS = '20000';

/**
 * On a cluster an answered insert is with a majority of the replicas, and a replica that lacks it answers nothing: else what the fold
 * said is visible would not be, for whoever is led to another replica.
 */
const ofCluster = { insert_quorum: 'auto', insert_quorum_parallel: 0, select_sequential_consistency: '1' } as const;

/** Makes the database in which connections then work. */
export async function foundDatabase(home: WarehouseServer, statement: string): Promise<void> {
  const founder = createClient(addressOf(home));
  try {
    await explained(founder.command({ query: statement }));
  } finally {
    await founder.close();
  }
}

const addressOf = ({ url, username, password }: WarehouseServer) => ({
  url,
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
});

/** A connection to a ClickHouse server or cluster over HTTP, within the limits of its purpose. */
export function openServerEngine(home: WarehouseServer, database: string, purpose: Purpose): Engine {
  const limits = questionLimits[purpose];
  const options = {
    ...addressOf(home),
    clickhouse_settings: {
      ...settings,
      ...limits,
      ...(home.cluster === undefined ? {} : ofCluster),
      send_progress_in_http_headers: 1 as const,
      http_headers_progress_interval_ms: PROGRESS_EVERY_MS,
    },
    // Bound lists of learners are longer than an address may be.
    use_multipart_params: true,
    request_timeout: SILENCE_MS,
  };
  const client = createClient({ ...options, database });
  const patienceMs = limits?.max_execution_time === undefined ? undefined : limits.max_execution_time * 1_000 + SILENCE_MS;

  const execute = async (query: Rendered, format?: Format) => {
    const { stream } = await client.exec({
      query: format === undefined ? query.text : `${query.text}\nFORMAT ${format}`,
      query_params: { ...query.params },
      // Whose share is used up: quotas of the server are counted by this key (infra/clickhouse/users.sql).
      ...(typeof query.params.tenant === 'string'
        ? { http_headers: { 'X-ClickHouse-Quota': encodeURIComponent(query.params.tenant) } }
        : {}),
      // The client does not watch for silence once an answer has begun.
      ...(patienceMs === undefined ? {} : { abort_signal: AbortSignal.timeout(patienceMs) }),
    });
    return stream;
  };

  return {
    read: (query, format) => explained(execute(query, format).then(buffer)),
    async *stream(query, format) {
      const stream = await explained(execute(query, format));
      for await (const chunk of stream) yield chunk as Uint8Array;
    },
    run: (query) => explained(execute(query).then(async (stream) => void (await buffer(stream)))),
    async insert(table, columns, rows) {
      const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT TabSeparated`;
      await explained(client.exec({ query, values: Readable.from([rows]) }).then(({ stream }) => buffer(stream)));
    },
    close: () => client.close(),
  };
}
