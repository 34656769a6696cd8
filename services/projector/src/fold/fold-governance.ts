import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `governance` as rows. */
export function foldGovernance(fact: FactOf<'governance'>, at: Position): Folded {
  const learner = 'learner' in fact.data ? fact.data.learner : '';
  return ok(placed('governance_facts', { ...factColumns(fact, at), type: fact.type, learner, body: JSON.stringify(fact.data) }));
}
