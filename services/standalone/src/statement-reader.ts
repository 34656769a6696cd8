import { readStatement } from '@pharos/ingest';
import { type StatementReader } from '@pharos/insights';
import { type Homes } from './homes/open-homes.js';

/** Reads statements of the log for the page of integrators, as the record store would answer them. */
export function createStatementReader({ log, vault }: Pick<Homes, 'log' | 'vault'>): StatementReader {
  return {
    async read(tenant, id, withIdentities) {
      const rights = { mayRead: () => true, withIdentities: () => withIdentities };
      const find = (which: 'standing' | 'voided') => readStatement({ log, vault }, tenant, id, { ...rights, which });
      return (await find('standing')) ?? (await find('voided'));
    },
  };
}
