import { type Vault } from '@pharos/vault';
import { type Statement } from '@pharos/xapi';
import { type AttachmentHomes, contentsOf } from '../attachments/attachment-store.js';
import { sha2Like, type SentPart } from '../attachments/read-multipart.js';
import { type ReadStatement } from '../door/read-statement.js';

export interface Contents {
  readonly homes: AttachmentHomes;
  readonly vault: Pick<Vault, 'unseal'>;
  readonly tenant: string;
  /** Whether the reader may see what the senders of this credential wrote. */
  readonly mayRead: (credential: string) => boolean;
  /** Learner and hash of what was told before in the same export: it is kept once, and told once. */
  readonly told: Set<string>;
}

/**
 * The lines of an export. With `contents`, each statement comes after the raw contents of its attachments that were not told
 * before: `{"content":{"sha2":…,"contentType":…,"base64":…}}`. One content is held at a time.
 */
export async function* exportLines(
  answered: readonly ReadStatement[],
  tell: (statement: Statement) => Statement,
  contents?: Contents,
): AsyncGenerator<string> {
  for (const { statement, logged } of answered) {
    if (contents?.mayRead(logged.data.credential)) {
      const { homes, vault, tenant, told } = contents;
      for (const { sha2, contentType, bytes } of await contentsOf(homes, vault, tenant, [logged])) {
        const name = `${logged.data.learner} ${sha2}`;
        if (told.has(name)) continue;
        told.add(name);
        yield `${JSON.stringify({ content: { sha2, contentType, base64: bytes.toString('base64') } })}\n`;
      }
    }
    yield `${JSON.stringify(tell(statement))}\n`;
  }
}

export type ReadContent = { readonly ok: true; readonly part: SentPart } | { readonly ok: false; readonly reason: string };

/** A content that a line of an export holds; undefined for a line that holds something else, such as a statement. */
export function readContent(line: unknown): ReadContent | undefined {
  const { content, ...others } = (line ?? {}) as { readonly content?: Readonly<Record<string, unknown>> | null };
  if (typeof content !== 'object' || content === null || Object.keys(others).length > 0) return undefined;
  const { sha2, contentType, base64 } = content;
  if (typeof sha2 !== 'string' || typeof contentType !== 'string' || typeof base64 !== 'string')
    return { ok: false, reason: 'content needs sha2, contentType and base64' };
  const bytes = Buffer.from(base64, 'base64');
  if (sha2Like(sha2, bytes) !== sha2.toLowerCase()) return { ok: false, reason: 'content.sha2 is not the SHA-2 hash of its bytes' };
  return { ok: true, part: { sha2: sha2.toLowerCase(), contentType, length: undefined, bytes } };
}
