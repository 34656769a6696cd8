import { timestampInUtc } from './formats/timestamp.js';
import {
  type Activity,
  type Actor,
  type Context,
  CONTEXT_ACTIVITY_KINDS,
  type ContextActivities,
  type Statement,
  type StatementObject,
  type XapiVersion,
} from './statement.js';

/** A statement that has what only the door can give it. */
export type PreparedStatement = Statement & { readonly id: string; readonly version: string };

// 1.0.3 tells to set 1.0.0, the data model that all its patch levels share (part two, 2.4.10).
const DATA_MODEL: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };

/**
 * Gives a valid statement its id and version where it was sent without; everything else is as sent.
 *
 * @param newId makes a UUID
 * @example prepareStatement(statement, '1.0.3', randomUUID).version // => '1.0.0'
 */
export function prepareStatement(statement: Statement, version: XapiVersion, newId: () => string): PreparedStatement {
  return { ...statement, id: statement.id ?? newId(), version: statement.version ?? DATA_MODEL[version] };
}

function listed(activities: ContextActivities): ContextActivities {
  let changed: Partial<Record<keyof ContextActivities, readonly Activity[]>> | undefined;
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const value = activities[kind];
    if (value !== undefined && !Array.isArray(value)) changed = { ...changed, [kind]: [value as Activity] };
  }
  return changed === undefined ? activities : { ...activities, ...changed };
}

function withLists<T extends { readonly context?: Context; readonly object: StatementObject }>(statement: T): T {
  let result = statement;
  const activities = statement.context?.contextActivities;
  if (activities !== undefined) {
    const contextActivities = listed(activities);
    if (contextActivities !== activities) result = { ...result, context: { ...result.context, contextActivities } };
  }
  const { object } = statement;
  if (object.objectType === 'SubStatement') {
    const inner = withLists(object);
    if (inner !== object) result = { ...result, object: inner };
  }
  return result;
}

/**
 * The statement as a reader gets it: `stored` and authority set, a missing timestamp filled from `stored`, single
 * context activities as lists (part two, 2.4.6.2).
 *
 * @param stored an RFC 3339 timestamp, the log's own time
 */
export function answeredStatement(statement: PreparedStatement, stored: string, authority: Actor): PreparedStatement {
  const filled = { ...statement, timestamp: statement.timestamp ?? stored, stored, authority };
  return withLists(filled);
}

/**
 * An answered statement as a version wants it told: 2.0 has timestamps in UTC (items of the report of changes: what 1.0.3
 * says a store SHOULD* do, 2.0 says it SHALL), 1.0.3 leaves them as they were sent.
 */
export function toldIn(version: XapiVersion, statement: Statement): Statement {
  if (version === '1.0.3') return statement;
  const { timestamp, object } = statement;
  const inner =
    object.objectType === 'SubStatement' && object.timestamp !== undefined
      ? { ...object, timestamp: timestampInUtc(object.timestamp) }
      : object;
  return { ...statement, object: inner, ...(timestamp !== undefined && { timestamp: timestampInUtc(timestamp) }) };
}
