#!/usr/bin/env node
import './supported-platform.js';
import { Command, CommanderError } from 'commander';
import { addAccess } from './commands/access.js';
import { addArchive } from './commands/archive.js';
import { addAudit } from './commands/audit.js';
import { addBackup } from './commands/backup.js';
import { addCapacity } from './commands/capacity.js';
import { addCheckConfig } from './commands/check-config.js';
import { addEvaluate } from './commands/evaluate.js';
import { addExport } from './commands/export.js';
import { addForward } from './commands/forward.js';
import { addImport } from './commands/import.js';
import { addJobs } from './commands/jobs.js';
import { addLetters } from './commands/letters.js';
import { addMove } from './commands/move.js';
import { addPlatformKeys } from './commands/platform-keys.js';
import { addRestore } from './commands/restore.js';
import { addServe } from './commands/serve.js';
import { addStore } from './commands/store.js';
import { addKeys } from './commands/keys.js';
import { addTenants } from './commands/tenants.js';
import { addTopics } from './commands/topics.js';
import { addCluster } from './commands/cluster.js';
import { Refusal } from './refusal.js';
import { version } from './version.js';

/** Exit codes: 0 done, 1 a bug, 2 asked wrongly, 3 this machine or its data folder does not allow it, 4 the data does not hold. */
const program = new Command('pharos')
  .description('Pharos: learning records in, early warnings out')
  .version(version)
  .exitOverride()
  // An option belongs to the command it stands behind: in `verify alerts --json` it is not one of `verify`, which has one of that name.
  .enablePositionalOptions();
const commands = [
  addServe,
  addImport,
  addExport,
  addJobs,
  addAudit,
  addEvaluate,
  addStore,
  addBackup,
  addRestore,
  addAccess,
  addCheckConfig,
];
for (const add of [
  ...commands,
  addTenants,
  addTopics,
  addKeys,
  addCluster,
  addPlatformKeys,
  addLetters,
  addForward,
  addCapacity,
  addArchive,
  addMove,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  if (error instanceof Refusal) {
    process.stderr.write(`pharos: ${error.message}\n`);
    process.exit(error.exitCode);
  }
  const expected = error instanceof Error && ['ImportStopped', 'UnreadableTable', 'LogUnavailable'].includes(error.name);
  process.stderr.write(expected ? `pharos: ${error.message}\n` : `pharos: this is a bug: ${(error as Error).stack ?? String(error)}\n`);
  process.exit(expected ? 3 : 1);
}
// Native threads of the warehouse may linger; a command that ended has nothing left to do. `serve` never comes here before it ends.
if (program.args[0] !== 'serve') process.exit(process.exitCode ?? 0);
