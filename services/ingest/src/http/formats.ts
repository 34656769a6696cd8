import { sentDefinitions } from '@pharos/warehouse';
import { type ActivityDefinition, canonicalFormat, idsFormat, mergedDefinition, type Statement } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { readFresh, takeSnapshot } from '../records/snapshot.js';
import { type Format } from './statements-query.js';

/** Where definitions are looked up; without a store there are none but those that stand in the statements. */
export interface Definitions {
  readonly door: Pick<Door, 'log' | 'consistentThrough'>;
  readonly store: RecordStore | undefined;
  readonly tenant: string;
}

/** Statements in the format that was asked for. `canonical` looks the definitions of their activities up, once for all. */
export async function formatted(
  from: Definitions,
  format: Format,
  statements: readonly Statement[],
  acceptLanguage: string | undefined,
): Promise<readonly Statement[]> {
  switch (format) {
    case 'exact':
      return statements;
    case 'ids':
      return statements.map(idsFormat);
    case 'canonical': {
      const definitions = await definitionsOf(from, activitiesOf(statements));
      return statements.map((statement) => canonicalFormat(statement, (activity) => definitions.get(activity), acceptLanguage));
    }
  }
}

/** The merged definitions of activities, what was just sent included; those without one are missing. */
export async function definitionsOf(
  { door, store, tenant }: Definitions,
  activities: readonly string[],
): Promise<ReadonlyMap<string, ActivityDefinition>> {
  if (store === undefined || activities.length === 0) return new Map();
  const sent = new Map<string, ActivityDefinition[]>(activities.map((activity) => [activity, []]));
  const snapshot = await takeSnapshot(door, store);
  for (const { activity, definition } of await store.warehouse(tenant).ask(sentDefinitions(activities))) {
    sent.get(activity)?.push(JSON.parse(definition) as ActivityDefinition);
  }
  for (const { id, definition } of (await readFresh(door.log, tenant, snapshot)).definitions) sent.get(id)?.push(definition);
  const merged = [...sent].map(([activity, definitions]) => [activity, mergedDefinition(definitions)] as const);
  return new Map(merged.flatMap(([activity, definition]) => (definition === undefined ? [] : [[activity, definition] as const])));
}

function activitiesOf(statements: readonly Statement[]): readonly string[] {
  const found = new Set<string>();
  for (const statement of statements) canonicalFormat(statement, (activity) => void found.add(activity), undefined);
  return [...found];
}
