import path from 'node:path';
import { type ThreadFile } from '../threads/thread-file.js';

/** A thread as it stands in the source, without a build. */
export function threadInSource(file: string): ThreadFile {
  const options = {
    execArgv: ['--import', '@swc-node/register/esm-register'],
    env: { ...process.env, SWC_NODE_PROJECT: path.resolve(import.meta.dirname, '../../../../tsconfig.base.json') },
  };
  return { file, options };
}
