import { LogUnavailable } from './event-log.js';

/** Of LMDB and the operating system: there is no room for what was to be written. */
const FULL = new Set<unknown>(['ENOSPC', 'EDQUOT', 'EFBIG']);
const FULL_CODES = new Set<unknown>([28, 122, 27, -30792 /* MDB_MAP_FULL */]);

interface DriverError {
  readonly code?: unknown;
  readonly commitError?: unknown;
}

/**
 * What a failed transaction means to the caller. lmdb reports a failed commit in two steps: the error of the promise
 * carries another promise, `commitError`, that is rejected with the cause.
 */
export async function logUnavailable(error: unknown): Promise<LogUnavailable> {
  if (error instanceof LogUnavailable) return error;
  const cause = await causeOf(error);
  const code = (cause as DriverError).code;
  if (FULL.has(code) || FULL_CODES.has(code)) {
    return new LogUnavailable('disk-full', 'The disk of the event log is full; nothing was written.', { cause });
  }
  return new LogUnavailable('io', `The event log could not write: ${cause.message}`, { cause });
}

async function causeOf(error: unknown): Promise<Error> {
  const { commitError } = error as DriverError;
  try {
    await commitError;
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
  return error instanceof Error ? error : new Error(String(error));
}
