import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type pg from 'pg';

const program = `
  const { startTestPostgres } = await import('./libs/registry/src/testing.ts');
  const home = await startTestPostgres();
  console.log(JSON.stringify(home.connection('pharos_vault')));
  process.stdin.resume().on('end', () => home.stop().then(() => process.exit(0)));`;

/**
 * The registry's embedded PostgreSQL, run by a process of its own: the vault does not import the registry, in tests
 * neither. It ends with its standard input, so also when the tests are killed.
 */
export async function startPostgresForTests(): Promise<{ readonly connection: pg.PoolConfig; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', '--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SWC_NODE_PROJECT: 'tsconfig.base.json' },
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('PostgreSQL did not start for the tests'))),
  ])) as [string];
  return {
    connection: JSON.parse(line) as pg.PoolConfig,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
