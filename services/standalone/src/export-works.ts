import { exportFile, positionText, readPosition } from '@pharos/ingest';
import { randomUUID } from 'node:crypto';
import { tenantOf } from './commands/command-context.js';
import { type Homes } from './homes/open-homes.js';
import { Refusal } from './refusal.js';
import { attachmentHomes } from './server.js';

interface ExportAsked {
  readonly tenant?: string | undefined;
  /** A whole path: a running server has another working folder. */
  readonly file: string;
  readonly after?: string | undefined;
  readonly withIdentities: boolean;
  readonly withAttachments: boolean;
}

/** Exports, for the command line. */
export const exportWorks = {
  'export.xapi': async (homes: Homes, { tenant: asked, file, after, withIdentities, withAttachments }: ExportAsked) => {
    const { log, vault, now } = homes;
    const tenant = await tenantOf(homes, asked);
    try {
      const attachments = withAttachments ? attachmentHomes(homes) : undefined;
      const common = { door: { log, vault, now, newId: randomUUID }, tenant, file, by: 'command line', withIdentities, attachments };
      const { statements, position } = await exportFile({ ...common, ...(after !== undefined && { after: readPosition(after) }) });
      return { statements, position: positionText(position) };
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal(`--after: ${error.message}`, 2);
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new Refusal(`${file} is there already; go on with it by --after, or name another`, 2);
      throw error;
    }
  },
} as const;
