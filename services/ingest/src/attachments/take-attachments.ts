import { type Vault } from '@pharos/vault';
import { type Statement } from '@pharos/xapi';
import { type Refusal, type StatementBatch } from '../door/batch.js';
import { indexOf } from '../door/refusals.js';
import { type Ready } from '../door/statement-facts.js';
import { type AttachmentHomes, keepContents } from './attachment-store.js';
import { attachmentErrors, attachmentsOf } from './check-attachments.js';
import { type SentPart } from './read-multipart.js';

/**
 * Refuses a batch of valid statements whose attachments are not in order. Batches that came another way than over HTTP
 * (imports of files) have no parts, and what their attachments named stays where it was.
 *
 * @param mayKeep whether there is a place for raw contents
 */
export async function refuseAttachments(batch: StatementBatch, mayKeep: boolean): Promise<Refusal | undefined> {
  const { parts, alone, partsMayLack = false } = batch;
  if (parts === undefined) return undefined;
  const statements = batch.statements as readonly Statement[];
  if (parts.length === 0 && statements.every((statement) => attachmentsOf(statement).length === 0)) return undefined;
  const errors = await attachmentErrors(statements, parts, (index) => (alone ? '' : `[${index}].`), partsMayLack);
  if (errors.length > 0) {
    // Without those statements the parts of a request would not be in order either; those of an import are looked at one by one.
    const blamed = partsMayLack ? [...new Set(errors.map(({ path }) => indexOf(path)))] : [];
    return { step: 'validate', status: 400, detail: 'The attachments are not in order. Nothing was stored.', errors, statements: blamed };
  }
  if (parts.length === 0 || mayKeep) return undefined;
  return {
    step: 'validate',
    status: 400,
    detail: 'This door keeps no raw contents of attachments; send a fileUrl.',
    errors: [],
    statements: [],
  };
}

/** Keeps the contents that statements name, under the learner of each. Durable when it returns. */
export async function keepAttachments(
  homes: AttachmentHomes,
  vault: Pick<Vault, 'seal'>,
  tenant: string,
  parts: readonly SentPart[],
  ready: readonly Ready[],
): Promise<void> {
  const byHash = new Map(parts.map((part) => [part.sha2, part]));
  const owned = new Map<string, { readonly learner: string; readonly sha2: string; readonly bytes: Buffer }>();
  for (const { statement, learner } of ready) {
    for (const { attachment } of attachmentsOf(statement)) {
      const part = byHash.get(attachment.sha2.toLowerCase());
      if (part) owned.set(`${learner} ${part.sha2}`, { learner, sha2: part.sha2, bytes: part.bytes });
    }
  }
  if (owned.size > 0) await keepContents(homes, vault, tenant, [...owned.values()]);
}
