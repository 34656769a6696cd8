import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Door } from '../door/door.js';
import { answerStatements } from '../door/read-statement.js';
import { identityReadBy } from '../http/identity-read.js';
import { type AttachmentHomes } from '../attachments/attachment-store.js';
import { exportLines } from './export-lines.js';
import { exportPage, type ExportPosition, exportStart } from './export-page.js';

export interface FileExport {
  readonly door: Pick<Door, 'log' | 'vault' | 'now' | 'newId'>;
  readonly tenant: string;
  /** Written as NDJSON in gzip. A new file; with `after`, one that is gone on with. */
  readonly file: string;
  /** Who exports, for the trace that reading identities leaves. */
  readonly by: string;
  /** With people named and what they wrote; without it tokens stand for them. */
  readonly withIdentities: boolean;
  /** With the raw contents of attachments, for whoever may see what people wrote; without it they stay behind. */
  readonly attachments?: AttachmentHomes | undefined;
  readonly after?: ExportPosition;
}

export interface Exported {
  readonly statements: number;
  /** Where the next export goes on. */
  readonly position: ExportPosition;
}

const PAGE = 1_000;

/**
 * Writes all statements of a tenant to a file, one a line, in the order of storing, as a reader gets them. Imported into an
 * empty Pharos they answer every query as here, with their attachments where those were exported; `stored` is then the time of
 * the import.
 *
 * @throws Error where the file is there already, or cannot be written
 */
export async function exportFile({ door, tenant, file, by, withIdentities, attachments, after }: FileExport): Promise<Exported> {
  let position = after ?? exportStart(door.log);
  let count = 0;
  const contents = attachments && { homes: attachments, vault: door.vault, tenant, mayRead: () => withIdentities, told: new Set<string>() };
  async function* lines(): AsyncGenerator<string> {
    for (let more = true; more;) {
      const page = await exportPage(door.log, tenant, position, PAGE);
      const answered = await answerStatements(door.vault, tenant, page.statements, () => withIdentities);
      const shows = [...new Set(answered.flatMap((each) => each.shows))];
      if (shows.length > 0) await door.log.append([identityReadBy(door, { id: by, tenant }, shows, 'export of statements')]);
      yield* exportLines(answered, (statement) => statement, contents);
      count += answered.length;
      ({ position, more } = page);
    }
  }
  // Gzip allows one file to be several, one after another.
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { flags: after ? 'a' : 'wx', mode: 0o600, flush: true }));
  return { statements: count, position };
}
