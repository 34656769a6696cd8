/**
 * What a calm sender waits beside one who sends ten thousand statements at once, each with a key of its own: without the flood
 * first, then with it. Each has a process of its own, as the server has.
 *
 * Run it: `node test/benchmarks/dist/flood.js ADDRESS FLOOD_KEY:SECRET CALM_KEY:SECRET [REQUESTS] [CONNECTIONS]`, beside `pharos serve`.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What a calm sender rests between two statements. */
const CALM_EVERY_MS = 20;

interface Told {
  readonly statuses: Readonly<Record<number, number>>;
  readonly seconds: number;
}

function send(address: string, key: string, agent: Agent): Promise<number> {
  const body = JSON.stringify({
    id: randomUUID(),
    actor: { account: { homePage: 'https://lms.example', name: `learner.${Math.floor(Math.random() * 200)}` } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: 'https://lms.example/lesson/1' },
  });
  const headers = { 'x-experience-api-version': '1.0.3', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(`${address}/xapi/statements`, { method: 'POST', agent, auth: key, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode!));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function flood(address: string, key: string, requests: number, connections: number): Promise<Told> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now();
  const statuses: Record<number, number> = {};
  await Promise.all(
    Array.from({ length: requests }, async () => {
      const status = await send(address, key, agent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }),
  );
  agent.destroy();
  return { statuses, seconds: (performance.now() - begun) / 1_000 };
}

/** Sends calmly until it is stopped. @returns milliseconds of each, sorted */
async function calm(address: string, key: string, signal: AbortSignal): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  while (!signal.aborted) {
    const begun = performance.now();
    const status = await send(address, key, agent);
    if (status !== 200) throw new Error(`the calm sender was answered ${status}`);
    times.push(performance.now() - begun);
    await setTimeout(CALM_EVERY_MS);
  }
  agent.destroy();
  return times.sort((a, b) => a - b);
}

const line = (times: readonly number[]) => {
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))]!.toFixed(1);
  return `${times.length} requests, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
};

async function measure(address: string, floodKey: string, calmKey: string, requests: string, connections: string): Promise<void> {
  console.log(`calm alone: ${line(await calm(address, calmKey, AbortSignal.timeout(3_000)))}`);
  const over = new AbortController();
  const flooding = fork(fileURLToPath(import.meta.url), ['flood', address, floodKey, requests, connections]);
  const ended = new Promise<Told>((resolve, reject) => {
    flooding.once('message', (told) => resolve(told as Told));
    flooding.once('error', reject);
    flooding.once('exit', (code) => reject(new Error(`the flood ended with ${code}`)));
  });
  const [{ statuses, seconds }, times] = await Promise.all([ended.finally(() => over.abort()), calm(address, calmKey, over.signal)]);
  console.log(`calm beside ${requests} at once on ${connections} connections: ${line(times)}`);
  console.log(`the flood: ${seconds.toFixed(1)} s, ${JSON.stringify(statuses)}`);
}

const [, , first, ...rest] = process.argv;
if (first === 'flood') {
  const [address, key, requests, connections] = rest;
  process.send!(await flood(address!, key!, Number(requests), Number(connections)), () => process.disconnect());
} else {
  const [floodKey, calmKey, requests = '10000', connections = '1000'] = rest;
  if (first === undefined || floodKey === undefined || calmKey === undefined)
    throw new Error('usage: flood.js ADDRESS FLOOD_KEY:SECRET CALM_KEY:SECRET [REQUESTS] [CONNECTIONS]');
  await measure(first, floodKey, calmKey, requests, connections);
}
