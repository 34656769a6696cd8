import { existsSync } from 'node:fs';
import { type Command } from 'commander';
import { addMasterKey, createKeyRing, useNewestKey } from '@pharos/vault';
import { Refusal } from '../refusal.js';
import { readContext, withHomes } from './command-context.js';
import { createReport } from './report.js';

export function addKeys(program: Command): void {
  const keys = program.command('keys').description("the vault's keys, in the file of PHAROS_KEYS_FILE");
  keys
    .command('create')
    .description('make the file once for a cluster; its services share it and make none themselves')
    .action(async () => {
      const file = keysFile();
      if (existsSync(file)) throw new Refusal(`PHAROS_KEYS_FILE: ${file} exists already; nothing was changed`);
      await createKeyRing(file);
      createReport(false).say(`${file} is made. Back it up apart from the data: without it nobody can be named again.`);
    });
  keys
    .command('add')
    .description('add a master key that opens and does not wrap yet; hand the file to every ingest and insights before keys use')
    .action(async () => {
      const { ids } = await addMasterKey(keysFile());
      createReport(false).say(
        `The master key ${ids.at(-1)!} was added. When every ingest and insights has the new file (they read it as it changes), run pharos keys use.`,
      );
    });
  keys
    .command('use')
    .description('have the key that was added last wrap from now on; hand the file round again before keys rotate')
    .action(async () => {
      const { current } = await useNewestKey(keysFile());
      createReport(false).say(`${current} wraps. When every ingest and insights has the new file, run pharos keys rotate.`);
    });
  keys
    .command('rotate')
    .description('wrap every key of the vault anew under the newest master key, while the services run')
    .option('--json', 'print JSON')
    .action(({ json = false }: { readonly json?: boolean }) =>
      withHomes(readContext(), async ({ vault }) => {
        const wrapped = await vault.rotateKeys();
        createReport(json).result({ wrapped }, `${wrapped.toLocaleString('en')} keys were wrapped anew.`);
      }),
    );
}

function keysFile(): string {
  const { keysFile: file, dataDir } = readContext().configuration;
  return file ?? `${dataDir}.keys.json`;
}
