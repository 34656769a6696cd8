import { type BlobStore } from '@pharos/event-log';
import { type TenantRegistry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';

/** Everything that is kept about a learner outside the log, whose facts hold tokens alone. */
export interface ErasureHomes {
  readonly vault: Pick<Vault, 'erase'>;
  readonly registry: { tenant(id: string): Pick<TenantRegistry, 'documents' | 'attachments'> };
  readonly blobs: Pick<BlobStore, 'delete'>;
}

/**
 * Erases a learner: key and rows of the vault, documents, attachments and their bytes. The key goes first: what a crash
 * leaves behind it cannot be read any more. Idempotent.
 *
 * @param learner token
 * @example await eraseLearner(homes, 'uni', 't_8f…');
 */
export async function eraseLearner({ vault, registry, blobs }: ErasureHomes, tenant: string, learner: string): Promise<void> {
  await vault.erase(tenant, learner);
  const { documents, attachments } = registry.tenant(tenant);
  await documents.eraseLearner(learner);
  for (const blob of await attachments.eraseLearner(learner)) await blobs.delete(blob);
}
