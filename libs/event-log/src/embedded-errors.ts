import { statfsSync } from 'node:fs';
import { types } from 'node:util';
import { LogUnavailable } from './event-log.js';

/** Of LMDB and the operating system: there is no room for what was to be written. */
const FULL = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG']);
const FULL_CODES = new Set<unknown>([28, 122, 27, -30792 /* MDB_MAP_FULL */]);

/** LMDB's word for a write that took only a part of the bytes, which is how a disk becomes full. */
const SHORT_WRITE = 5;
const FULL_BELOW_BYTES = 1024 * 1024;

interface DriverError {
  readonly code?: unknown;
  readonly commitError?: unknown;
}

/**
 * What a failed transaction means to the caller. lmdb reports a failed commit in two steps: the error of the promise
 * carries another promise, `commitError`, that is rejected with the cause.
 *
 * @param file the log's file, on whose disk there may be no room
 * @param wanted bytes that were to be written
 */
export async function logUnavailable(error: unknown, file: string, wanted: number): Promise<LogUnavailable> {
  if (error instanceof LogUnavailable) return error;
  const cause = await causeOf(error);
  const code = (cause as DriverError).code;
  if (FULL.has(code) || FULL_CODES.has(code) || (code === SHORT_WRITE && freeBytes(file) < wanted + FULL_BELOW_BYTES)) {
    return new LogUnavailable('disk-full', 'The disk of the event log is full; nothing was written.', { cause });
  }
  return new LogUnavailable('io', `The event log could not write: ${cause.message}`, { cause });
}

/** Room on the disk that holds this file. */
function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(file);
  return bavail * bsize;
}

async function causeOf(error: unknown): Promise<Error> {
  const { commitError } = error as DriverError;
  try {
    await commitError;
  } catch (cause) {
    return asError(cause);
  }
  return asError(error);
}

/** By its kind and not by `instanceof`: the driver's native part makes errors that belong to another realm than a test's. */
const asError = (thrown: unknown) => (types.isNativeError(thrown) ? thrown : new Error(String(thrown)));
