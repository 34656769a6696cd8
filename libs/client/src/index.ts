export { openPharos, type Pharos, type PharosAddress, PlatformRefused } from './open-pharos.js';
export { type PlatformRoutes } from './platform-routes.js';
export { type Answer, answered, HINTS, type Statement } from './statements.js';
export { type Actor, actorOf, byAccount, byMail, type LearnerName } from './who.js';
export { isFromPharos } from './webhooks.js';
export { ProblemError } from '@pharos/contract';
