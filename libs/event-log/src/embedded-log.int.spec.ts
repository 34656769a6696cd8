import { archiveContract } from './archive/archive-contract.js';
import { openTemporaryLog } from './temporary-log.js';
import { eventLogContract } from './testing.js';

eventLogContract('the log on LMDB', (now) => openTemporaryLog({ now }));
archiveContract('the log on LMDB', (now) => openTemporaryLog({ now }));
