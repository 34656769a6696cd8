import { type RecordPlace } from '@pharos/warehouse';
import { BadParameter } from './parameters.js';
import { type QueryParameters } from './statements-query.js';

/** All that the next page needs: nothing is kept here between two pages, so they go on after an hour or a restart. */
export interface More {
  readonly query: QueryParameters;
  /** Next offsets of the partitions when the first page was asked for. */
  readonly below: readonly number[];
  readonly after: RecordPlace;
  /** Names the log that the offsets belong to. */
  readonly epoch: string;
}

/** @example moreToken(more) // => 'eyJxdWVyeSI6…' */
export const moreToken = (more: More): string => Buffer.from(JSON.stringify(more)).toString('base64url');

/** @throws BadParameter for anything but a token made here, for this log */
export function readMore(token: string, epoch: string): More {
  let more: Partial<More>;
  try {
    more = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<More>;
  } catch {
    throw new BadParameter('The parameter more is not one that this store has made.');
  }
  const { query, below, after } = more;
  const whole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const isMade =
    typeof query === 'object' && Array.isArray(below) && below.every(whole) && typeof after === 'object' &&
    typeof after.id === 'string' && !Number.isNaN(Date.parse(after.recordedAt)) && whole(after.partition) && whole(after.offset); // prettier-ignore
  if (!isMade) throw new BadParameter('The parameter more is not one that this store has made.');
  if (more.epoch !== epoch) throw new BadParameter('The log was moved since. Ask for the first page again.');
  return more as More;
}
