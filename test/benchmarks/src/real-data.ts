import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.env.PHAROS_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/** A file or folder of the real data, or undefined where it is absent. */
export function sharedData(name: string): string | undefined {
  const found = path.join(root, name);
  return existsSync(found) ? found : undefined;
}
