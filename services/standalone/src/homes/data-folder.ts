import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../refusal.js';

/** Layout of the data folder. A newer release that lays it out otherwise counts up. */
const format = 1;

export interface DataFolder {
  readonly root: string;
  readonly log: string;
  readonly warehouse: string;
  readonly blobs: string;
  readonly archive: string;
  readonly keysFile: string;
}

/** Parents first, one by one: Node's own recursion never ends below /proc and its like, where a folder cannot be made and is not there. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

/**
 * Prepares the data folder, or says in one line why it cannot be used.
 *
 * @throws Refusal on an unwritable folder, or a folder made by a newer release
 */
export function prepareDataFolder(dataDir: string, keysFile: string | undefined): DataFolder {
  const root = path.resolve(dataDir);
  const mark = path.join(root, 'pharos.json');
  try {
    makeFolder(root);
    accessSync(root, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new Refusal(
      `the data folder ${root} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); set PHAROS_DATA_DIR`,
    );
  }
  if (existsSync(mark)) {
    const found = (JSON.parse(readFileSync(mark, 'utf8')) as { readonly format: number }).format;
    if (found > format)
      throw new Refusal(`the data folder ${root} was made by a newer release (layout ${found}, this one knows ${format})`);
  } else {
    writeFileSync(mark, `${JSON.stringify({ format })}\n`);
  }
  return {
    root,
    log: path.join(root, 'log'),
    warehouse: path.join(root, 'warehouse'),
    blobs: path.join(root, 'blobs'),
    archive: path.join(root, 'archive'),
    keysFile: path.resolve(keysFile ?? `${root}.keys.json`),
  };
}
