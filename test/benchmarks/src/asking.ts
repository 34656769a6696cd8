import { type Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type TenantWarehouse } from '@pharos/warehouse';

export interface Asking {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request, by connections that stay open. Not `fetch`, whose work for each request is as much as the server's. */
export function request(
  agent: Agent,
  url: string,
  { method = 'GET', headers, body }: Asking,
): Promise<{ readonly text: string; readonly cookie: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers: { 'content-type': 'application/json', ...headers }, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => {
        if (answer.statusCode! < 300) resolve({ text, cookie: String(answer.headers['set-cookie']).split(';')[0]! });
        else reject(new Error(`${url}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

const LOOK_MS = 500;
/** Between two merges there is a moment without one: they are over when nothing was merged for a while. */
const CALM_LOOKS = 20;
const merging = { name: 'merging', sql: sql`SELECT count() AS n FROM system.merges`, answer: (row: Readonly<Record<string, unknown>>) => Number(row.n) }; // prettier-ignore

/** The engine merges parts for a while after so many inserts at once, which no district makes; longer than `mostMs` is not waited for. */
export async function merged(warehouse: TenantWarehouse, mostMs: number): Promise<void> {
  const until = performance.now() + mostMs;
  for (let calm = 0; calm < CALM_LOOKS && performance.now() < until; await sleep(LOOK_MS)) {
    calm = (await warehouse.askOne(merging))! > 0 ? 0 : calm + 1;
  }
}
