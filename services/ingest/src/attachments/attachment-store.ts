import { type BlobStore } from '@pharos/event-log';
import { type AttachmentRecords } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type LoggedStatement } from '../door/read-statement.js';
import { type AttachmentPart } from '../http/multipart.js';

/** A content and the learner whose it is. */
export interface OwnedContent {
  readonly learner: string;
  readonly sha2: string;
  readonly bytes: Buffer;
}

export interface AttachmentHomes {
  readonly blobs: BlobStore;
  /** `(tenant) => registry.tenant(tenant).attachments` */
  readonly records: (tenant: string) => AttachmentRecords;
}

/**
 * Keeps raw contents, each once per learner and hash, sealed with the learner's own key: an erasure makes them unreadable.
 * Durable when it returns.
 */
export async function keepContents(
  { blobs, records }: AttachmentHomes,
  vault: Pick<Vault, 'seal'>,
  tenant: string,
  contents: readonly OwnedContent[],
): Promise<void> {
  const kept = await records(tenant).find(contents.map(({ learner }) => learner), contents.map(({ sha2 }) => sha2)); // prettier-ignore
  const known = new Set(kept.map(({ learner, sha2 }) => `${learner} ${sha2}`));
  const fresh = contents.filter(({ learner, sha2 }) => !known.has(`${learner} ${sha2}`));
  if (fresh.length === 0) return;
  const sealed = await vault.seal(tenant, fresh.map(({ learner, bytes }) => ({ learner, text: bytes.toString('base64') }))); // prettier-ignore
  const keys = await Promise.all(sealed.map((text) => blobs.put(Buffer.from(text, 'base64'))));
  await records(tenant).put(fresh.map(({ learner, sha2 }, index) => ({ learner, sha2, blob: keys[index]! })));
}

interface Named {
  readonly sha2: string;
  readonly contentType: string;
}

/** The raw contents of the attachments of statements, each hash once; those that were never sent, or erased, are left out. */
export async function contentsOf(
  { blobs, records }: AttachmentHomes,
  vault: Pick<Vault, 'unseal'>,
  tenant: string,
  statements: readonly LoggedStatement[],
): Promise<readonly AttachmentPart[]> {
  const named = new Map<string, Named & { readonly learner: string }>();
  for (const { data } of statements) {
    for (const { sha2, contentType } of loggedAttachments(data.statement)) named.set(sha2.toLowerCase(), { sha2: sha2.toLowerCase(), contentType, learner: data.learner });
  } // prettier-ignore
  if (named.size === 0) return [];
  const kept = await records(tenant).find([...new Set([...named.values()].map(({ learner }) => learner))], [...named.keys()]);
  const parts: AttachmentPart[] = [];
  for (const { sha2, contentType, learner } of named.values()) {
    const record = kept.find((each) => each.sha2 === sha2 && each.learner === learner);
    const bytes = record && (await blobs.get(record.blob));
    if (bytes === undefined) continue;
    const [content] = await vault.unseal(tenant, [{ learner, text: bytes.toString('base64') }]);
    if (typeof content === 'string') parts.push({ sha2, contentType, bytes: Buffer.from(content, 'base64') });
  }
  return parts;
}

function loggedAttachments(statement: Readonly<Record<string, unknown>>): readonly Named[] {
  const own = (statement.attachments as readonly Named[] | undefined) ?? [];
  const { object } = statement;
  const inner =
    (object as { readonly objectType?: string } | undefined)?.objectType === 'SubStatement' ? loggedAttachments(object as never) : [];
  return [...own, ...inner];
}
