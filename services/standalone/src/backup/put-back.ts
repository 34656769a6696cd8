import path from 'node:path';
import { BackupRefused, type RegistryOptions, restoreDatabase } from '@pharos/registry';
import { type Homes } from '../homes/open-homes.js';
import { Refusal } from '../refusal.js';
import { type BackupManifest, type ClusterManifest } from './manifest.js';

/** Databases as their owners reach them. */
export interface Databases {
  readonly registry: RegistryOptions['connection'];
  readonly vault: RegistryOptions['connection'];
}

/** Puts registry and vault back into fresh databases. @throws Refusal when the backup is damaged, of another schema, or there are rows */
export async function putBack(databases: Databases, source: string, manifest: BackupManifest | ClusterManifest): Promise<void> {
  try {
    for (const name of ['registry', 'vault'] as const) await restoreDatabase(databases[name], path.join(source, name), manifest[name]);
  } catch (error) {
    throw error instanceof BackupRefused ? new Refusal(error.message, 4) : error;
  }
}

/** @throws Refusal when the keys at hand do not open the vault that was put back */
export async function expectKeys({ registry, vault }: Pick<Homes, 'registry' | 'vault'>): Promise<void> {
  for (const { id } of await registry.tenants.list()) {
    await vault.hashKey(id).catch((error: unknown) => {
      throw new Refusal(`the file of keys does not open this backup's vault: ${(error as Error).message}`);
    });
  }
}
