import { type Attachment, type Statement, type StatementError } from '@pharos/xapi';
import { type SentPart } from './read-multipart.js';
import { isSignature, signatureFault } from './signatures.js';

/** Attachments of a statement and of a statement inside it, each with its path. */
export function attachmentsOf(statement: Statement): readonly { readonly attachment: Attachment; readonly path: string }[] {
  const own = (statement.attachments ?? []).map((attachment, index) => ({ attachment, path: `attachments[${index}]` }));
  const { object } = statement;
  if (object.objectType !== 'SubStatement') return own;
  return [...own, ...(object.attachments ?? []).map((attachment, index) => ({ attachment, path: `object.attachments[${index}]` }))];
}

/**
 * What is wrong with the attachments of valid statements: contents that are neither sent nor at an address, parts that
 * nobody asked for, parts of another type than was said, and signatures that do not hold.
 *
 * Source: xAPI 1.0.3, part three, 1.5.2, and part two, 2.6.
 *
 * @param parts empty for a request of type application/json
 * @param at the path of a statement: `[3].`, or nothing for one alone
 * @param mayLack true where contents may be elsewhere, and parts may be those of statements that were set aside
 */
export async function attachmentErrors(
  statements: readonly Statement[],
  parts: readonly SentPart[],
  at: (index: number) => string,
  mayLack = false,
): Promise<readonly StatementError[]> {
  const byHash = new Map(parts.map((part) => [part.sha2, part]));
  const errors: StatementError[] = [];
  const asked = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    for (const { attachment, path } of attachmentsOf(statement)) {
      const part = byHash.get(attachment.sha2.toLowerCase());
      const missing = mayLack ? undefined : missingFault(attachment);
      const fault = part === undefined ? missing : await partFault(statement, attachment, part);
      if (part !== undefined) asked.add(part.sha2);
      if (fault !== undefined) errors.push({ path: `${at(index)}${path}`, message: fault });
    }
  }
  for (const { sha2 } of parts) {
    if (!mayLack && !asked.has(sha2)) errors.push({ path: '', message: `the part with the hash ${sha2} is the content of no attachment` });
  }
  return errors;
}

function missingFault(attachment: Attachment): string | undefined {
  if (isSignature(attachment)) return 'is a signature, whose content has to be sent as a part';
  return attachment.fileUrl === undefined ? 'needs a fileUrl, or its content as a part with its hash' : undefined;
}

const mediaType = (text: string) => text.split(';', 1)[0]!.trim().toLowerCase();

/**
 * What a part's header says must be what its attachment says, where both say it (1.5.2.s2.b2.b7). Otherwise content is matched
 * by its hash and in no other way (1.5.2.s1.b4): a store may not refuse bytes of the right hash for a wrong length beside it.
 */
async function partFault(
  statement: Statement,
  attachment: Attachment,
  { contentType, length, bytes }: SentPart,
): Promise<string | undefined> {
  if (contentType !== undefined && mediaType(contentType) !== mediaType(attachment.contentType)) {
    return `says ${attachment.contentType}, and its part ${contentType}`;
  }
  if (length !== undefined && length !== attachment.length) return `says a length of ${attachment.length} octets, and its part ${length}`;
  return isSignature(attachment) ? signatureFault(statement, attachment, bytes) : undefined;
}
