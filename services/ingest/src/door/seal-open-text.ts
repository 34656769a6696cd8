import { type Vault } from '@pharos/vault';
import { sealablePaths, type Statement, type TokenisedStatement, withSealed } from '@pharos/xapi';
import { ALLOWED_EXTENSIONS } from './extensions.js';

export interface Sealable {
  /** As sent, ids set. */
  readonly statement: Statement;
  readonly tokenised: TokenisedStatement;
  readonly learner: string;
}

/**
 * Seals with each learner's own key what may name people besides the agents. One call to the vault for a batch; none
 * where nothing is open, as with clicks.
 *
 * @returns the tokenised statements, in the order given
 */
export async function sealOpenText(
  vault: Pick<Vault, 'seal'>,
  tenant: string,
  batch: readonly Sealable[],
): Promise<readonly TokenisedStatement[]> {
  const sites = batch.map(({ statement }) => sealablePaths(statement, ALLOWED_EXTENSIONS));
  const texts = batch.flatMap(({ learner }, index) => sites[index]!.map(({ value }) => ({ learner, text: JSON.stringify(value) })));
  if (texts.length === 0) return batch.map(({ tokenised }) => tokenised);
  const sealed = (await vault.seal(tenant, texts)).values();
  return batch.map(({ tokenised }, index) => withSealed(tokenised, sites[index]!, () => sealed.next().value!));
}
