import { unzipSync } from 'fflate';
import { UnreadableTable } from '../oulad/read-table.js';

/** What a package may hold once unpacked: a small file that unpacks to gigabytes is no course. */
const MOST_BYTES = 100_000_000;

/**
 * Texts of an archive's files, by path with forward slashes.
 *
 * @param wanted which paths are unpacked
 * @throws UnreadableTable when it is no ZIP archive, or larger than 100 MB unpacked
 * @example unpack(bytes, (path) => path.endsWith('.xml')).get('imsmanifest.xml')
 */
export function unpack(bytes: Uint8Array, wanted: (path: string) => boolean): ReadonlyMap<string, string> {
  let total = 0;
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted(name)) return false;
        total += originalSize;
        if (total > MOST_BYTES) throw new UnreadableTable('the package holds more than 100 MB of text');
        return true;
      },
    });
  } catch (error) {
    if (error instanceof UnreadableTable) throw error;
    throw new UnreadableTable(`this is no ZIP archive that can be read: ${(error as Error).message}`);
  }
  return new Map(Object.entries(files).map(([path, content]) => [path.replaceAll('\\', '/'), new TextDecoder().decode(content)]));
}

/** Whether a file begins like a ZIP archive. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
