/**
 * ClickHouse's HTTP interface over the engine of chDB, as far as `@clickhouse/client` uses it: for tests and for the cluster on
 * a laptop, where no ClickHouse server runs. One folder, several processes; no users, no replicas.
 */
import http from 'node:http';
import { createClient } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';

type ClientOptions = NonNullable<Parameters<typeof createClient>[0]>;

export interface HttpServerOptions {
  readonly path: string;
  readonly port: number;
  readonly host?: string;
  /** Queries that run at once; each has a connection to the folder. */
  readonly connections?: number;
}

interface Session {
  readonly client: ReturnType<typeof createClient>;
  readonly raw: ReturnType<typeof createChdbConnection>['chdb'];
  database: string;
}

/** What a request asks for. */
interface Asked {
  readonly query: string;
  readonly body: Buffer;
  readonly database: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Large: settings and the text of an insert stand in the address. */
const MAX_HEADER_BYTES = 1_048_576;

const PROCESSING_EVERY_MS = 20_000;

/** Of the protocol, not of the engine. */
const NOT_SETTINGS = new Set(['query', 'query_id', 'database', 'session_id', 'role', 'user', 'password']);

/** What the engine in this process refuses or what makes no sense in it: answers travel uncompressed and unbuffered here. */
const IGNORED = new Set([
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'wait_end_of_query',
  // They would stay with the session, whose next question may be another's.
  'max_execution_time',
  'max_memory_usage',
  'max_threads',
  'priority',
]);

/**
 * Serves a folder.
 *
 * @example const server = await serveHttp({ path: 'data/warehouse', port: 8123 }); await server.close();
 */
export async function serveHttp({ path, port, host = '127.0.0.1', connections = 6 }: HttpServerOptions) {
  const idle: Session[] = [];
  const waiting: ((session: Session) => void)[] = [];
  let opened = 0;
  const take = (): Promise<Session> => {
    const free = idle.pop();
    if (free) return Promise.resolve(free);
    if (opened < connections) {
      opened += 1;
      return Promise.resolve(openSession(path));
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const give = (session: Session): void => {
    const next = waiting.shift();
    if (next) next(session);
    else idle.push(session);
  };

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const asked = await readRequest(request);
    if (request.url?.startsWith('/ping')) return void response.end('Ok.\n');
    // As a server's progress does: whoever waits is told that somebody is at it.
    const atIt = setInterval(() => response.writeProcessing(), PROCESSING_EVERY_MS);
    const session = await take();
    try {
      const chunks = await run(session, asked);
      response.writeHead(200, { 'x-clickhouse-summary': '{}', 'content-type': 'application/octet-stream' });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    } catch (error) {
      const message = (error as Error).message;
      const code = codeOf(error);
      response.writeHead(500, { 'x-clickhouse-exception-code': code, 'content-type': 'text/plain' });
      response.end(/^Code: \d+/.test(message) ? message : `Code: ${code}. DB::Exception: ${message} (UNKNOWN_EXCEPTION)`);
    } finally {
      clearInterval(atIt);
      give(session);
    }
  };

  const server = http.createServer({ maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 0 }, (request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    url: `http://${host}:${(server.address() as { readonly port: number }).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { client } of idle) await client.close();
    },
  };
}

function openSession(path: string): Session {
  const connection = createChdbConnection({ path });
  // The binding brings its own copy of the client's types, whose private members keep two equal classes apart.
  const client = createClient({ connection: connection as unknown as NonNullable<ClientOptions['connection']> });
  return { client, raw: connection.chdb, database: '' };
}

async function run(session: Session, { query, body, database, settings }: Asked): Promise<readonly Uint8Array[]> {
  if (session.database !== database) {
    await session.client.command({ query: `USE ${database}` });
    session.database = database;
  }
  const insert = body.length > 0 ? /^INSERT INTO (\S+) \(([^)]*)\) FORMAT (\w+)$/.exec(query.trim()) : null;
  if (insert) {
    const [, table, columns, format] = insert;
    if (format !== 'TabSeparated') throw new Error(`inserts are taken as TabSeparated here, not as ${format!}`);
    await session.raw.rawInsert({
      table: table!.includes('.') ? table! : `${database}.${table!}`,
      columns: columns!.split(', '),
      values: body,
      format,
    });
    return [];
  }
  // The client quotes a setting but leaves its backslashes to be read as escapes.
  const quoted = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value.replaceAll('\\', '\\\\')]));
  const { stream } = await session.client.exec({ query, clickhouse_settings: quoted });
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return chunks;
}

async function readRequest(request: http.IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { searchParams } = new URL(request.url ?? '/', 'http://server');
  const settings: Record<string, string> = {};
  for (const [name, value] of searchParams) if (!NOT_SETTINGS.has(name) && !IGNORED.has(name)) settings[name] = value;
  const database = searchParams.get('database') ?? 'default';
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) if (name !== 'query') settings[name] = value as string;
    return { query: form.get('query') as string, body: Buffer.alloc(0), database, settings };
  }
  const query = searchParams.get('query');
  return query === null ? { query: body.toString(), body: Buffer.alloc(0), database, settings } : { query, body, database, settings };
}

function codeOf(error: unknown): number {
  const written = /\bCode: (\d+)\./.exec((error as Error).message)?.[1];
  const own = Number((error as { readonly code?: unknown }).code ?? (error as { readonly clickhouseCode?: unknown }).clickhouseCode);
  return written === undefined ? (Number.isInteger(own) && own > 0 ? own : 1002) : Number(written);
}
