/** A thread of the door: takes batches as bytes. Run as a worker, never imported: see batch-threads.ts. */
import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { createDoor } from '../door/door.js';
import { batchOfBody } from '../http/batch-of-body.js';
import { parseJson } from '../http/json-body.js';
import { type FromBatchThread, type SentBatch, type TakenApart, type ToTake } from './batch-threads.js';
import { callOwner, failureOf } from './owner-calls.js';

const port = parentPort!;
const door = createDoor({ ...callOwner(port), now: () => new Date(), newId: randomUUID });
const tell = (message: FromBatchThread) => {
  port.postMessage(message);
};

async function take({ bytes, ...sending }: SentBatch): Promise<TakenApart> {
  const parsed = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!parsed.ok) return { ok: false, unread: parsed.reason };
  const accepted = await door.acceptStatements({ ...sending, ...batchOfBody(parsed), parts: [] });
  // Where each stands in the log is of no use to who asked, and takes its time between threads.
  return accepted.ok ? { ok: true, ids: accepted.ids } : accepted;
}

port.on('message', (message: ToTake | { readonly type: 'answer' }) => {
  if (message.type !== 'take') return;
  const { id } = message;
  take(message.batch).then(
    (taken) => {
      tell({ type: 'taken', id, taken });
    },
    (error: unknown) => {
      tell({ type: 'taken', id, failure: failureOf(error) });
    },
  );
});
tell({ type: 'ready' });
