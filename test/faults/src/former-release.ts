import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
const schemas = ['registry', 'vault', 'warehouse'].map((room) => `libs/${room}/src/migrations`);

/** Which former release the present one is run beside: `CLUSTER_FORMER` (what git calls a commit), else the last one before the newest step of a schema. */
export function formerRelease(): { readonly commit: string } | { readonly missing: string } {
  const named = process.env.CLUSTER_FORMER;
  const newest = git('log', '-1', '--format=%H', '--diff-filter=A', '--', ...schemas).stdout.trim();
  const { status, stdout } = git('rev-parse', '--verify', '--quiet', `${named ?? `${newest}^`}^{commit}`);
  if (status === 0) return { commit: stdout.trim() };
  return { missing: named === undefined ? 'this clone has no history to take a former release from' : `git knows no commit ${named}` };
}

/** Built in a folder of its own, of the packages that the present release has installed. About 20 s. */
export async function buildRelease(commit: string): Promise<{ readonly main: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-former-'));
  execFileSync('tar', ['-x', '-C', folder], {
    input: execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 512 * 1024 * 1024 }),
  });
  const [installed, modules] = [path.join(root, 'node_modules'), path.join(folder, 'node_modules')];
  await mkdir(modules);
  for (const name of await readdir(installed)) {
    // Links into the tree around them; of everything else both releases have the same.
    if (name === '@pharos') await cp(path.join(installed, name), path.join(modules, name), { recursive: true, verbatimSymlinks: true });
    else await symlink(path.join(installed, name), path.join(modules, name));
  }
  for (const floor of ['libs', 'services', 'test']) {
    for (const room of await readdir(path.join(folder, floor)))
      if (room !== 'dashboard') execFileSync(process.execPath, ['infra/tasks/compile.mjs', `${floor}/${room}`], { cwd: folder });
  }
  // A page is served from its own folder; no step of an upgrade looks at it, so it is not built again.
  await symlink(path.join(root, 'services/dashboard/dist'), path.join(folder, 'services/dashboard/dist'));
  return {
    main: path.join(folder, 'services/standalone/dist/main.js'),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
