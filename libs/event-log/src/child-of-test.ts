import path from 'node:path';

/** The repository's root: where Node finds the loader that runs TypeScript for a process that a test starts. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** Arguments and surroundings for Node to run a TypeScript file of this room as it stands, without a build. */
export const typescript = {
  execArgv: ['--import', '@swc-node/register/esm-register'],
  env: { ...process.env, SWC_NODE_PROJECT: path.join(root, 'libs/event-log/tsconfig.json') },
};

export const sourceOf = (name: string) => path.join(import.meta.dirname, name);
