import { logLedgerContract } from './ledger-contract.js';
import { createMemoryLedger } from './memory-ledger.js';

logLedgerContract('the ledger in memory', () => Promise.resolve({ ledger: createMemoryLedger(), dispose: () => Promise.resolve() }));
