import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `alerts` as rows of their history. */
export function foldAlerts(fact: FactOf<'alerts'>, at: Position): Folded {
  const alert = fact.type === 'SourceSilent' ? '' : fact.data.alert;
  const learner = 'learner' in fact.data ? fact.data.learner : '';
  return ok(placed('alert_facts', { ...factColumns(fact, at), alert, type: fact.type, learner, body: JSON.stringify(fact.data) }));
}
