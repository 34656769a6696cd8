import { type Position } from '@pharos/event-log';
import { type FactNamed } from '@pharos/facts';
import { factColumns } from './fact-columns.js';
import { type Folded, ok, placed } from './folded.js';

/** Where items stand, a row each; and models of knowledge. */
export function foldKnowledge(fact: FactNamed<'ItemsPlaced'> | FactNamed<'KnowledgeSet'>, at: Position): Folded {
  const columns = factColumns(fact, at);
  if (fact.type === 'KnowledgeSet') {
    const { subject, holdsFrom, model, kind } = fact.data;
    return ok(placed('knowledge_versions', { ...columns, subject, holds_from: holdsFrom, model, kind, body: JSON.stringify(fact.data) }));
  }
  const { holdsFrom, items } = fact.data;
  return ok(
    ...items.map(({ item, prefix, skills, subject, difficulty }) =>
      placed('item_placements', { ...columns, item, prefix: Number(prefix), holds_from: holdsFrom, skills, subject, difficulty }),
    ),
  );
}
