import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `dead-letters` as rows of the page on which somebody looks at them. */
export function foldDeadLetters(fact: FactOf<'dead-letters'>, at: Position): Folded {
  const { source, place, step, reason, bytes, sealed } = fact.data;
  return ok(placed('dead_letters', { ...factColumns(fact, at), source, place, step, reason, bytes, sealed: Number(sealed) }));
}
