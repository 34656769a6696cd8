import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure } from './figures.js';
import { anonymousMb, pharosMain } from './pharos-run.js';

/** A server in a process of its own. */
export interface Serving {
  readonly address: string;
  readonly pid: number;
  /** Seconds from the start of the process to the line that says so; waits for the line. */
  said(line: RegExp): Promise<{ readonly seconds: number; readonly match: RegExpExecArray }>;
  stop(): Promise<void>;
}

/** Starts `pharos serve` and waits until it prints its address. */
export async function startServing(args: readonly string[], dataDir: string): Promise<Serving> {
  const begun = performance.now();
  const child = spawn(process.execPath, [pharosMain, 'serve', ...args], {
    env: { ...process.env, PHAROS_DATA_DIR: dataDir, PHAROS_PORT: '0', PHAROS_SCHEDULE: 'false', PHAROS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  let ended: number | null | undefined;
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const over = new Promise<void>((resolve) => {
    child.on('close', (code) => {
      ended = code;
      resolve();
    });
  });
  const said: Serving['said'] = async (line) => {
    for (;;) {
      const match = line.exec(out);
      if (match) return { seconds: (performance.now() - begun) / 1000, match };
      if (ended !== undefined) throw new Error(`the server ended with ${ended} before it printed ${line.source}`);
      await sleep(20);
    }
  };
  const { match } = await said(/address\s+(\S+)/);
  return {
    address: match[1]!,
    pid: child.pid!,
    said,
    stop: () => {
      child.kill('SIGTERM');
      return over;
    },
  };
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

async function milliseconds(address: string, init: RequestInit = {}): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(address, init);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return performance.now() - begun;
}

/** A request that asks nobody, every 10 ms for as long as something lasts: what it waits is what the event loop was held. */
async function waitsDuring(address: string, something: Promise<unknown>): Promise<readonly number[]> {
  let lasts = true;
  const over = something.finally(() => (lasts = false));
  const waits: number[] = [];
  while (lasts) {
    waits.push(await milliseconds(`${address}/xapi/about`));
    await sleep(10);
  }
  await over;
  return waits;
}

/** Cookie of someone who signed in. */
export async function signIn(address: string, login: string, password: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

/** First and warm answers of a page's question, in milliseconds. */
export async function askedOften(
  address: string,
  path: string,
  cookie: string,
  rounds = 60,
): Promise<{ readonly first: number; readonly p95: number }> {
  const ask = () => milliseconds(`${address}${path}`, { headers: { cookie } });
  const first = await ask();
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) warm.push(await ask());
  return { first, p95: quantile(warm, 0.95) };
}

const SECONDS = 20;
const EACH_SECOND = 10;
const BATCH = 100;

const statement = (n: number) => ({
  id: randomUUID(),
  actor: { account: { homePage: 'https://sis.example', name: `learner.${n % 5_000}` } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: `https://lms.example/items/${n % 400}` },
});

/** 1,000 statements a second, and all the while a client that asks for what is new: its wait is how long until it can be seen. */
async function untilVisible(address: string, authorization: string): Promise<readonly number[]> {
  const headers = { authorization, 'x-experience-api-version': '1.0.3', 'content-type': 'application/json' };
  let sending = true;
  const send = async () => {
    const begun = performance.now();
    const posted: Promise<number>[] = [];
    for (let n = 0; n < SECONDS * EACH_SECOND; n++) {
      const body = JSON.stringify(Array.from({ length: BATCH }, (_, i) => statement(n * BATCH + i)));
      posted.push(milliseconds(`${address}/xapi/statements`, { method: 'POST', headers, body }));
      await sleep(Math.max(0, begun + ((n + 1) * 1_000) / EACH_SECOND - performance.now()));
    }
    await Promise.all(posted);
    sending = false;
  };
  const waits: number[] = [];
  const look = async () => {
    while (sending) {
      waits.push(await milliseconds(`${address}/xapi/statements?limit=1`, { headers }));
      await sleep(30);
    }
  };
  await Promise.all([send(), look()]);
  return waits;
}

/** What a newcomer and their first users wait for: the demo district from nothing, its pages, and statements until they are seen. */
export async function benchServing(folder: string): Promise<readonly Figure[]> {
  const server = await startServing(['--demo'], folder);
  try {
    await server.said(/statements are in/);
    const ready = server.said(/Ready after/);
    const waits = await waitsDuring(server.address, ready);
    const { seconds } = await ready;
    const out = await server.said(/analyst\s+(\S+)\s+(\S+)[\s\S]*xAPI key\s+(\S+)/);
    const [, login, password, key] = out.match;
    const cookie = await signIn(server.address, login!, password!);
    const overview = await askedOften(server.address, '/api/overview', cookie);
    const before = anonymousMb(server.pid);
    const visible = await untilVisible(server.address, `Basic ${Buffer.from(key!).toString('base64')}`);
    return [
      { name: 'npm start: demo district, from the start to ready', value: seconds, unit: 's', asked: { atMost: 30 } },
      { name: 'door, a bare request while models train, p99', value: quantile(waits, 0.99), unit: 'ms', asked: { atMost: 20 } },
      { name: 'overview of the demo, first', value: overview.first, unit: 'ms' },
      { name: 'overview of the demo, warm, p95', value: overview.p95, unit: 'ms', asked: { atMost: 100 } },
      { name: 'visible in tables, p99, at 1,000 statements/s', value: quantile(visible, 0.99), unit: 'ms', asked: { atMost: 1_000 } },
      { name: 'anonymous memory of all processes, after the start', value: before, unit: 'MB', asked: { atMost: 1_200 } },
      {
        name: `anonymous memory, after ${SECONDS * EACH_SECOND * BATCH} statements more`,
        value: anonymousMb(server.pid),
        unit: 'MB',
        asked: { atMost: 1_200 },
      },
    ];
  } finally {
    await server.stop();
  }
}
