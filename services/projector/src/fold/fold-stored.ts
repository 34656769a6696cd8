import { type Stored } from '@pharos/event-log';
import { type Fact, type FactOf, readFact, type Topic, topicOf } from '@pharos/facts';
import { datesInRange } from './dates-in-range.js';
import { foldAlerts } from './fold-alerts.js';
import { foldDeadLetters } from './fold-dead-letters.js';
import { foldGovernance } from './fold-governance.js';
import { foldModels } from './fold-models.js';
import { foldRoster } from './fold-roster.js';
import { foldScores } from './fold-scores.js';
import { foldStatements } from './fold-statements.js';
import { type Folded } from './folded.js';

/** What becomes of whatever lies at one place of the log. Pure: the same place gives the same rows, always. */
export function foldStored({ stored, position }: Stored): Folded {
  const read = readFact(stored);
  if (!read.ok) return { verdict: 'deadLetter', step: 'readFact', reason: read.reason };
  const { fact } = read;
  const refused = inItsTopic(fact, position.topic) ?? datesInRange(fact);
  if (refused) return refused;
  try {
    return foldIntoTopic(fact, position);
  } catch (error) {
    // Nested deeper than the stack is deep: it could be parsed, and cannot be written again. Met anew it would end the fold anew.
    if (!(error instanceof RangeError)) throw error;
    return { verdict: 'deadLetter', step: 'foldStored', reason: `${fact.type} cannot be made into rows: ${error.message}` };
  }
}

function foldIntoTopic(fact: Fact, position: Stored['position']): Folded {
  switch (position.topic) {
    case 'statements':
      return foldStatements(fact as FactOf<'statements'>, position);
    case 'roster':
      return foldRoster(fact as FactOf<'roster'>, position);
    case 'scores':
      return foldScores(fact as FactOf<'scores'>, position);
    case 'models':
      return foldModels(fact as FactOf<'models'>, position);
    case 'alerts':
      return foldAlerts(fact as FactOf<'alerts'>, position);
    case 'governance':
      return foldGovernance(fact as FactOf<'governance'>, position);
    case 'dead-letters':
      return foldDeadLetters(fact as FactOf<'dead-letters'>, position);
    case 'learning':
      // Decisions with read tables of their own in the registry; nothing that is counted stands on them.
      return { verdict: 'drop', step: 'foldStored', reason: 'folded into the registry' };
    default:
      return position.topic satisfies never;
  }
}

/** Refuses a fact that lies in a topic which is not its own: folds of that topic could not know it. */
function inItsTopic(fact: Fact, topic: Topic): Folded | undefined {
  if (topicOf(fact.type) === topic) return undefined;
  return { verdict: 'deadLetter', step: 'inItsTopic', reason: `${fact.type} belongs to ${topicOf(fact.type)}, not to ${topic}` };
}
