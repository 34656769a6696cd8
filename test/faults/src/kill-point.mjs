/**
 * Loaded into a server before its own code (NODE_OPTIONS=--import): ends the process, as a loss of power would, at the
 * moment that FAULT_POINT names, once the file FAULT_ARMED is there. Nothing of the server knows about it.
 *
 * `claimed`: the claims of a statement are written, and the chunk that holds it is not. The log stamps each chunk with its
 * time (six bytes at the fifth) after the claims and before the chunk is put; nothing else writes numbers at that place.
 * `appended`: everything is durable, and the answer is not yet written.
 */
import { existsSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { isMainThread } from 'node:worker_threads';

const { FAULT_POINT: point, FAULT_ARMED: armed } = process.env;
const die = () => process.kill(process.pid, 'SIGKILL');

if (isMainThread && point === 'claimed') {
  const { writeUIntBE } = Buffer.prototype;
  Buffer.prototype.writeUIntBE = function (value, offset, bytes) {
    if (offset === 5 && bytes === 6 && existsSync(armed)) die();
    return writeUIntBE.call(this, value, offset, bytes);
  };
}
if (isMainThread && point === 'appended') {
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (...args) {
    if (this.req.method === 'PUT' && existsSync(armed)) die();
    return writeHead.apply(this, args);
  };
}
