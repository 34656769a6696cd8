import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** No stop takes as long: what hangs is told, instead of a test that only runs out of its time. */
const STOP_MS = 60_000;

const main = fileURLToPath(new URL('../../../services/standalone/dist/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface PharosProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it printed so far. */
  out(): string;
}

/** Where one Pharos keeps everything; the environment of the test itself is not handed on, but for what Node needs. */
export const environment = (dataDir: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  PHAROS_DATA_DIR: dataDir,
  PHAROS_PORT: '0',
  PHAROS_SCHEDULE: 'false',
  PHAROS_LOG_LEVEL: 'warn',
  ...more,
});

const running = new Map<ChildProcess, Promise<Ended>>();

/** Ends whatever a failed test left running, or Jest would wait for it. What does not stop in time is killed. */
export async function endAll(): Promise<void> {
  for (const [child, ended] of running) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Starts the built command line. */
export function spawnPharos(args: readonly string[], env: NodeJS.ProcessEnv): PharosProcess {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.once('close', () => running.delete(child));
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out,
    err,
  }));
  running.set(child, ended);
  return { child, ended, out: () => out };
}

/** Runs one command to its end. */
export const runPharos = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> => spawnPharos(args, env).ended;

/** Runs one command that has to succeed and answers its JSON. */
export async function askPharos<T>(args: readonly string[], env: NodeJS.ProcessEnv): Promise<T> {
  const { code, out, err } = await runPharos([...args, '--json'], env);
  if (code !== 0) throw new Error(`pharos ${args.join(' ')} ended with ${code}: ${err}${out}`);
  return JSON.parse(out) as T;
}

export interface Serving extends PharosProcess {
  readonly address: string;
  stop(): Promise<Ended>;
  /** As a loss of power would: nothing is flushed or closed. */
  kill(): Promise<Ended>;
}

/** Starts the server and waits until it is ready. */
export async function servePharos(env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<Serving> {
  const started = spawnPharos(['serve', ...args], env);
  let over: Ended | undefined;
  void started.ended.then((how) => (over = how));
  while (!started.out().includes('Ready after')) {
    if (over) throw new Error(`the server ended with ${over.code ?? over.signal}: ${over.err}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const address = /address\s+(\S+)/.exec(started.out())?.[1];
  if (address === undefined) throw new Error('the server did not print its address');
  const end = (signal: NodeJS.Signals) => async (): Promise<Ended> => {
    started.child.kill(signal);
    const late = new AbortController();
    const tooLate = sleep(STOP_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`the server did not end within ${STOP_MS / 1000} s of ${signal}; it printed: ${started.out()}`);
    });
    tooLate.catch(() => undefined); // ended in time
    try {
      return await Promise.race([started.ended, tooLate]);
    } finally {
      late.abort();
    }
  };
  return { ...started, address, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

/** A folder of its own for a data folder; `postgres` may pass through it when tests run as root. */
export async function temporaryFolder(): Promise<{ readonly path: string; dispose(): Promise<void> }> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'pharos-e2e-'));
  await chmod(made, 0o711);
  return { path: made, dispose: () => rm(made, { recursive: true, force: true }) };
}
