/**
 * Makes a fresh clone ready: installs when the lock file is newer than the install, and hands over to the Node 24
 * that comes with it. Written for Node 20, with nothing but the standard library.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const node = path.join(root, 'node_modules/node/bin/node');

const installed = path.join(root, 'node_modules/.package-lock.json');
const lock = path.join(root, 'package-lock.json');

/** Installs if need be. Ends the process with a clear line when that fails. */
export function ensureInstalled() {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs && existsSync(node)) return;
  process.stderr.write('pharos: installing dependencies (once, a minute or two) ...\n');
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    process.stderr.write('pharos: npm ci failed; see its message above. Nothing was started.\n');
    process.exit(1);
  }
}

/** Runs a Node script under the project's Node; returns its exit code. */
export function runNode(args, options = {}) {
  const bin = path.join(root, 'node_modules/.bin');
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${bin}${path.delimiter}${process.env.PATH}`, NX_DAEMON: 'false', NX_TUI: 'false' };
  const child = spawnSync(node, args, { cwd: root, stdio: 'inherit', ...options, env: { ...env, ...options.env } });
  if (child.error) throw child.error;
  return child.status ?? (child.signal === 'SIGINT' || child.signal === 'SIGTERM' ? 0 : 1);
}

/**
 * Runs `pharos`. Two pools of memory instead of eight for each core: the engine's threads leave each pool half empty (a demo server held 1,178 MB with
 * them, and 1,045 with two, at the same speed). Only glibc looks at it.
 */
export const runPharos = (args) => runNode(['services/standalone/dist/main.js', ...args], { env: { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' } });

/** Runs an Nx command under the project's Node; returns its exit code. */
export const runNx = (args, options) => runNode(['node_modules/nx/dist/bin/nx.js', ...args], options);
