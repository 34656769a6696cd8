import { Agent, request } from 'node:http';
import { basic } from './testing/credentials.js';

/** So many senders on connections that stay open take the next body each, as soon as their last was answered. @returns milliseconds of each request */
export async function postAll(port: number, texts: readonly string[], senders: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  const latencies: number[] = [];
  // Made into bytes beforehand: that is a platform's work.
  const next = texts.map((text) => Buffer.from(text)).values();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const body of next) {
        const begun = performance.now();
        await send(port, agent, body);
        latencies.push(performance.now() - begun);
      }
    }),
  );
  agent.destroy();
  return latencies;
}

/** The latency that this share of the requests stayed under. */
export function quantile(latencies: readonly number[], share: number): number {
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * share)] ?? Number.NaN;
}

function send(port: number, agent: Agent, body: Buffer): Promise<void> {
  const headers = { authorization: basic('lms', 's'), 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/xapi/statements', method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
