import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Who a process is, beyond its number, which is given out again after its end. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system tells it. */
  readonly started: string;
  /** Run of the machine and process namespace: only within the same can a number be looked up. Empty where there is neither. */
  readonly machine: string;
  readonly namespace: string;
}

/** When a process started, or undefined when there is no such process. */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces: count from behind it. Field 22 of the line is the start.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const linux = process.platform === 'linux';
  return {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    machine: linux ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : '',
    namespace: linux ? readlinkSync('/proc/self/ns/pid') : '',
  };
}

/** `ps` ends with status 1 when there is no such process; `/proc` says ENOENT, or ESRCH when it ends meanwhile. */
function isGone(error: unknown): boolean {
  const { code, status } = error as { readonly code?: string; readonly status?: number };
  return code === 'ENOENT' || code === 'ESRCH' || status === 1;
}
