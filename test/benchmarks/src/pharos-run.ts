import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const pharosMain = fileURLToPath(new URL('../../../services/standalone/dist/main.js', import.meta.url));

export interface Run {
  readonly seconds: number;
  readonly result: Readonly<Record<string, unknown>>;
  /** Highest anonymous memory of the process and its children, in MB, sampled ten times a second. */
  readonly peakAnonymousMb: number;
}

/** Runs one command of the built command line, and watches its memory. @param input what it reads from standard input */
export async function runPharos(args: readonly string[], dataDir: string, input = ''): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, [pharosMain, ...args, '--json'], {
    env: { ...process.env, PHAROS_DATA_DIR: dataDir, PHAROS_LOG_LEVEL: 'error' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, anonymousMb(child.pid ?? 0))), 100);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`pharos ${args.join(' ')} ended with ${code}`);
  return {
    seconds: (performance.now() - begun) / 1000,
    result: JSON.parse(out.trim().split('\n').at(-1)!) as Run['result'],
    peakAnonymousMb: peak,
  };
}

/** RssAnon of a process and all below it: shared pages of PostgreSQL and mapped files of LMDB do not count. */
export function anonymousMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return own + (children === '' ? 0 : children.split(' ').reduce((sum, child) => sum + anonymousMb(Number(child)), 0));
  } catch {
    // The process ended between two looks.
    return 0;
  }
}
