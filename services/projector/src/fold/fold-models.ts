import { type Position } from '@pharos/event-log';
import { type FactOf } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { foldKnowledge } from './fold-knowledge.js';
import { type Folded, ok, placed } from './folded.js';

/** Facts of the topic `models` as rows: audits apart, because they are asked for on their own. */
export function foldModels(fact: FactOf<'models'>, at: Position): Folded {
  if (fact.type === 'ItemsPlaced' || fact.type === 'KnowledgeSet') return foldKnowledge(fact, at);
  const body = JSON.stringify(fact.data);
  if (fact.type === 'PracticeAudited') {
    // It is of no model: whichever chose what was practised, this is how it turned out.
    return ok(placed('models', { ...factColumns(fact, at), model: '', type: fact.type, recipe: 'practice', target: '', body }));
  }
  const { model, recipe, target } = fact.data;
  if (fact.type === 'FairnessAudited') {
    return ok(placed('audits', { ...factColumns(fact, at), model, recipe, target, as_of: fact.data.asOf, body }));
  }
  return ok(placed('models', { ...factColumns(fact, at), model, type: fact.type, recipe, target, body }));
}
