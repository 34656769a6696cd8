import { existsSync } from 'node:fs';
import { type Command } from 'commander';
import { addMasterKey, createKeyRing } from '@pharos/vault';
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
    .description('add a master key that new wrappings use; hand the file to every ingest and insights before keys rotate')
    .action(async () => {
      await addMasterKey(keysFile());
      createReport(false).say(
        'A master key was added. Restart ingest and insights one by one with the new file, then run pharos keys rotate.',
      );
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
