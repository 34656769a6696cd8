import { type EventLog } from '@pharos/event-log';
import {
  matchingAmong,
  type RecordFilter,
  recordPage,
  type RecordPlace,
  referencesTo,
  referredTo,
  type TenantWarehouse,
  voidedAmong,
} from '@pharos/warehouse';
import { keyTag, verbKey, VOIDED_VERB } from '@pharos/xapi';
import { type Fresh, type FreshStatement, readFresh, type Snapshot } from './snapshot.js';

/** One filter: any of these keys of a statement. */
export type Keys = readonly string[];

export interface Find {
  /** All of them have to be met; the one that names fewest statements stands first. At least one. */
  readonly filters: readonly [Keys, ...Keys[]];
  /** Where only a credential's own statements may be seen, its key. Unlike a filter it is not met through a reference. */
  readonly own: string | undefined;
  readonly since?: string;
  readonly until?: string;
  readonly ascending: boolean;
  readonly after?: RecordPlace;
  readonly limit: number;
}

export interface FoundPage {
  readonly places: readonly RecordPlace[];
  /** Whether the last one has others after it. */
  readonly more: boolean;
}

interface Finding {
  readonly warehouse: TenantWarehouse;
  readonly snapshot: Snapshot;
  readonly fresh: Fresh;
  readonly find: Find;
}

/**
 * One page of the statements that a query finds: those that meet its filters, and those that refer to one that does, through
 * any number of references (xAPI 1.0.3, part three, 2.1.3); without those that were taken back.
 *
 * Pages of one snapshot have neither gaps nor repeats, whatever is stored meanwhile.
 */
export async function findStatements(log: EventLog, warehouse: TenantWarehouse, snapshot: Snapshot, find: Find): Promise<FoundPage> {
  const finding: Finding = { warehouse, snapshot, fresh: await readFresh(log, warehouse.tenant, snapshot), find };
  const order = orderOf(find.ascending);
  const beside = [...directlyFresh(finding), ...(await throughReferences(finding))].filter((place) => isWithin(find, place)).sort(order);
  const places: RecordPlace[] = [];
  const seen = new Set<string>();
  let after = find.after;
  // One round, unless statements were taken back: then the page is filled up from what comes next.
  for (;;) {
    const wanted = find.limit + 1;
    const folded = await warehouse.ask(recordPage({ ...askOf(finding), ...(after !== undefined && { after }), limit: wanted }));
    const last = folded.length === wanted ? folded.at(-1) : undefined;
    // Beyond the last folded place there may be folded ones that are not seen yet.
    const ready = beside.filter(
      (place) => (after === undefined || order(after, place) < 0) && (last === undefined || order(place, last) <= 0),
    );
    const round = [...folded, ...ready].sort(order).filter(({ id }) => !seen.has(id) && seen.add(id));
    places.push(...(await standing(finding, round)));
    if (places.length > find.limit || last === undefined) break;
    after = last;
  }
  return { places: places.slice(0, find.limit), more: places.length > find.limit };
}

function orderOf(ascending: boolean): (a: RecordPlace, b: RecordPlace) => number {
  const rising = (a: RecordPlace, b: RecordPlace) =>
    a.recordedAt === b.recordedAt ? a.partition - b.partition || a.offset - b.offset : a.recordedAt < b.recordedAt ? -1 : 1;
  return ascending ? rising : (a, b) => rising(b, a);
}

const tagged = (keys: Keys): RecordFilter => ({ keys, tags: keys.map(keyTag) });

function askOf({ find, snapshot }: Finding) {
  const { filters, own, since, until, ascending } = find;
  const [lead, ...others] = filters.map(tagged);
  const all = [lead!, ...others, ...(own === undefined ? [] : [tagged([own])])] as const;
  return { filters: all, below: snapshot.folded, ascending, ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

const meets = (keys: ReadonlySet<string>, filters: readonly Keys[]) => filters.every((filter) => filter.some((key) => keys.has(key)));

function directlyFresh({ fresh, find }: Finding): readonly FreshStatement[] {
  const all = find.own === undefined ? find.filters : [...find.filters, [find.own]];
  return fresh.statements.filter(({ keys }) => meets(keys, all));
}

/** So many targets are bound one by one; where there are more, the engine finds them by itself. */
const MOST_BOUND = 5_000;

/** Statements that meet the filters and that some other refers to, in the tables or (`also`) in what is fresh. */
async function matchingTargets({ warehouse, find, snapshot: { folded } }: Finding, also: readonly string[]): Promise<readonly string[]> {
  const filters = find.filters.map(tagged);
  const referred = await warehouse.ask(referredTo(folded, MOST_BOUND + 1));
  const asked: readonly (readonly string[] | 'all')[] = referred.length > MOST_BOUND ? ['all', also] : [[...new Set([...referred, ...also])]];
  const found = await Promise.all(asked.filter((ids) => ids.length > 0).map((ids) => warehouse.ask(matchingAmong(filters, folded, ids))));
  return found.flat();
}

/** Who refers to a matching statement, and who refers to those, until nobody new is found: references may go in circles. */
async function throughReferences({ warehouse, fresh, find, snapshot }: Finding): Promise<readonly RecordPlace[]> {
  const referring = fresh.statements.filter(({ refersTo }) => refersTo !== undefined);
  const targets = await matchingTargets({ warehouse, fresh, find, snapshot }, referring.map(({ refersTo }) => refersTo!)); // prettier-ignore
  let frontier = new Set([...targets, ...fresh.statements.filter(({ keys }) => meets(keys, find.filters)).map(({ id }) => id)]);
  const found = new Map<string, RecordPlace>();
  const reached = new Set(frontier);
  const ownTag = find.own === undefined ? undefined : keyTag(find.own);
  while (frontier.size > 0) {
    const folded = await warehouse.ask(referencesTo([...frontier], snapshot.folded));
    const next = new Set<string>();
    const take = (place: RecordPlace, own: boolean) => {
      if (own) found.set(place.id, place);
      if (!reached.has(place.id)) {
        reached.add(place.id);
        next.add(place.id);
      }
    };
    for (const place of folded) take(place, ownTag === undefined || place.tags.includes(ownTag));
    for (const place of referring) if (frontier.has(place.refersTo!)) take(place, find.own === undefined || place.keys.has(find.own));
    frontier = next;
  }
  return [...found.values()];
}

/** Time filters hold for the statement itself, also where it is found through a reference. */
function isWithin({ since, until }: Find, { recordedAt }: RecordPlace): boolean {
  return (since === undefined || recordedAt > since) && (until === undefined || recordedAt <= until);
}

async function standing({ warehouse, fresh, snapshot }: Finding, places: readonly RecordPlace[]): Promise<readonly RecordPlace[]> {
  if (places.length === 0) return places;
  const voided = new Set(await warehouse.ask(voidedAmong(places.map(({ id }) => id), snapshot.folded))); // prettier-ignore
  if (voided.size === 0 && fresh.voided.size === 0) return places;
  const gone = places.filter(({ id }) => voided.has(id) || fresh.voided.has(id)).map(({ id }) => id);
  // A voiding statement cannot be voided, whatever was sent.
  const voiding = new Set(await voidersAmong(warehouse, fresh, snapshot, gone));
  return places.filter(({ id }) => !gone.includes(id) || voiding.has(id));
}

async function voidersAmong(
  warehouse: TenantWarehouse,
  fresh: Fresh,
  { folded }: Snapshot,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const verb = verbKey(VOIDED_VERB);
  const inTables = await warehouse.ask(matchingAmong([tagged([verb])], folded, ids));
  return [...inTables, ...fresh.statements.filter(({ id, keys }) => ids.includes(id) && keys.has(verb)).map(({ id }) => id)];
}
