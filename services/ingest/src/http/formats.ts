import { type SentDefinition, sentDefinitions } from '@pharos/warehouse';
import {
  type ActivityDefinition,
  canonicalFormat,
  idsFormat,
  mergedDefinition,
  type Statement,
  toldIn,
  type XapiVersion,
} from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { type RecordStore } from '../records/record-store.js';
import { readFresh, takeSnapshot } from '../records/snapshot.js';
import { openDefinitions } from './open-definitions.js';
import { type Caller } from './reply.js';
import { type Format } from './statements-query.js';

/** Where definitions are looked up; without a store there are none but those that stand in the statements. */
export interface Definitions {
  readonly door: Door;
  readonly store: RecordStore | undefined;
  /** Who asks: what is sealed of a definition is opened for those who may see it. */
  readonly caller: Caller;
  /** What was asked for, for the trace that this leaves. */
  readonly why?: string;
}

/** How a reader wants statements told. */
export interface Telling {
  readonly format: Format;
  readonly acceptLanguage: string | undefined;
  readonly version: XapiVersion;
}

/** Statements as they were asked for. */
export async function formatted(from: Definitions, statements: readonly Statement[], telling: Telling): Promise<readonly Statement[]> {
  return (await inFormat(from, statements, telling)).map((statement) => toldIn(telling.version, statement));
}

/** `canonical` looks the definitions of the statements' activities up, once for all. */
async function inFormat(
  from: Definitions,
  statements: readonly Statement[],
  { format, acceptLanguage }: Telling,
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
export async function definitionsOf(from: Definitions, activities: readonly string[]): Promise<ReadonlyMap<string, ActivityDefinition>> {
  const { door, store, caller } = from;
  if (store === undefined || activities.length === 0) return new Map();
  const { tenant } = caller.credential;
  const sent = new Map<string, ActivityDefinition[]>(activities.map((activity) => [activity, []]));
  const snapshot = await takeSnapshot(door, store);
  const folded = await store.warehouse(tenant).ask(sentDefinitions(activities));
  const { definitions: fresh } = await readFresh(door.log, tenant, snapshot);
  const said = [...folded, ...fresh].filter(({ activity }) => sent.has(activity)).sort(bySaid);
  const opened = await openDefinitions(from, said);
  said.forEach(({ activity }, index) => sent.get(activity)!.push(opened[index]!));
  const merged = [...sent].map(([activity, definitions]) => [activity, mergedDefinition(definitions)] as const);
  return new Map(merged.flatMap(([activity, definition]) => (definition === undefined ? [] : [[activity, definition] as const])));
}

/**
 * The order of storing, whatever partition is folded first; what is said last wins. One place may say two definitions of an
 * activity: their text decides then.
 */
function bySaid(one: SentDefinition, other: SentDefinition): number {
  if (one.recordedAt !== other.recordedAt) return one.recordedAt < other.recordedAt ? -1 : 1;
  const byPlace = one.partition - other.partition || one.offset - other.offset;
  if (byPlace !== 0) return byPlace;
  return one.definition < other.definition ? -1 : Number(one.definition > other.definition);
}

function activitiesOf(statements: readonly Statement[]): readonly string[] {
  const found = new Set<string>();
  for (const statement of statements) canonicalFormat(statement, (activity) => void found.add(activity), undefined);
  return [...found];
}
