import { type Vault } from '@pharos/vault';
import { type StatementBatch } from './batch.js';
import { type Ready } from './statement-facts.js';

/**
 * Seals, with each learner's own key, the numbers of a batch that a double does not hold: a long number may be somebody's.
 * No call to the vault where there is none, as nearly always.
 *
 * @returns in the order given
 */
export async function sealNumbers(vault: Pick<Vault, 'seal'>, batch: StatementBatch, ready: readonly Ready[]): Promise<readonly Ready[]> {
  const { exactNumbers, statements, tenant } = batch;
  if (exactNumbers === undefined || exactNumbers.size === 0) return ready;
  const found = statements.map((statement) => exactNumbers.get(statement));
  const texts = ready.flatMap(({ learner }, index) => (found[index] ? [{ learner, text: JSON.stringify(found[index]) }] : []));
  const sealed = (await vault.seal(tenant, texts)).values();
  return ready.map((one, index) => (found[index] ? { ...one, exactNumbers: sealed.next().value! } : one));
}
