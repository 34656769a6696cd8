import { type Position } from '@pharos/event-log';
import { type FactNamed, type FactOf } from '@pharos/facts';
import { definedActivities, keyTag, recordKeys, type TokenisedStatement } from '@pharos/xapi';
import { factColumns } from './fact-columns.js';
import { answerRow, helpRow } from './fold-answers.js';
import { type Folded, ok, type Placed, placed } from './folded.js';

/** What counts as work handed in, answered or marked, and so stands in the narrow table too. */
const attempted: ReadonlySet<string> = new Set(['submitted', 'scored', 'answered', 'completed']);

/** Facts of the topic `statements` as rows. */
export function foldStatements(fact: FactOf<'statements'>, at: Position): Folded {
  switch (fact.type) {
    case 'StatementRecorded':
      return foldRecorded(fact, at);
    case 'StatementVoided':
      return ok(placed('voids', { ...factColumns(fact, at), target: fact.data.target, voider: fact.data.voider }));
    case 'ActivitySummarised': {
      const { learner, period, from, to, events, amount } = fact.data;
      return ok(
        placed('activity_summaries', {
          ...factColumns(fact, at), class: fact.data.class, learner, period, from_day: from, to_day: to, events, amount,
        }),
      ); // prettier-ignore
    }
    default:
      return fact satisfies never;
  }
}

function foldRecorded(fact: FactNamed<'StatementRecorded'>, at: Position): Folded {
  const { data } = fact;
  const graded = {
    scaled: data.scaled ?? null,
    correct: data.correct === undefined ? null : Number(data.correct),
    duration_seconds: data.durationSeconds ?? null,
  };
  const about = { ...factColumns(fact, at), learner: data.learner, activity: data.activity, kind: data.kind, action: data.action };
  const context = placed('contexts', { tenant: fact.tenant, context: data.context });
  const statement = placed('statements', {
    ...about, ...graded, verb: data.verb, activity_type: data.activityType, context: data.context,
    registration: data.registration ?? '', amount: data.amount, refers_to: data.refersTo ?? '', credential: data.credential,
    xapi: data.xapi, hash: data.hash, body: JSON.stringify(data.statement),
  }); // prettier-ignore
  const found = recordRows(fact, at);
  for (const row of [answerRow(fact, at), helpRow(fact, at)]) if (row) found.push(row);
  if (!attempted.has(data.action)) return ok(statement, context, ...found);
  return ok(statement, context, placed('attempts', { ...about, ...graded, context: data.context }), ...found);
}

/** What the record store finds the statement by. */
function recordRows(fact: FactNamed<'StatementRecorded'>, at: Position): Placed[] {
  const { tenant, id, data } = fact;
  const logged = data.statement as unknown as TokenisedStatement;
  const place = { tenant, recorded_at: fact.recordedAt, log_partition: at.partition, log_offset: at.offset };
  const keys = recordKeys({ id, credential: data.credential, statement: logged });
  const tags = keys.map(keyTag);
  const rows: Placed[] = [placed('keyed_statements', { ...place, keys, id, tags })];
  if (data.refersTo !== undefined) rows.push(placed('statement_refs', { ...place, target: data.refersTo, id, tags }));
  for (const activity of data.defines === false ? [] : definedActivities(logged)) {
    rows.push(placed('sent_definitions', { ...place, activity: activity.id, definition: JSON.stringify(activity.definition) }));
  }
  return rows;
}
