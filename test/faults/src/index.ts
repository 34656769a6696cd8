export {
  askPharos, endAll, type Ended, environment, type PharosProcess, runPharos, servePharos, type Serving, spawnPharos, temporaryFolder,
} from './pharos-process.js'; // prettier-ignore
export { type SentStatement, statementStream } from './stream.js';
export { type XapiClient, xapiClient } from './xapi-client.js';
