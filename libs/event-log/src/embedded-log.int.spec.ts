import { openTemporaryLog } from './temporary-log.js';
import { eventLogContract } from './testing.js';

eventLogContract('the log on LMDB', (now) => openTemporaryLog({ now }));
