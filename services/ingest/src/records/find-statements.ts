import { type EventLog, type Position } from '@pharos/event-log';
import { recordPage, type RecordPlace, type TenantWarehouse } from '@pharos/warehouse';
import { VOIDED_VERB } from '@pharos/xapi';
import { statementAt } from '../door/read-statement.js';
import { voidClaimId } from '../door/statement-facts.js';
import { type Find, type Finding, meets, tagged } from './find.js';
import { throughReferences } from './follow-references.js';
import { type ReferenceMemory } from './reference-memory.js';
import { type FreshStatement, positionOf, readFresh, type Snapshot } from './snapshot.js';

export interface FoundPage {
  readonly places: readonly RecordPlace[];
  /** Whether the last one has others after it. */
  readonly more: boolean;
}

/** What a query is answered from. */
export interface Searched {
  readonly log: EventLog;
  readonly warehouse: TenantWarehouse;
  readonly references: ReferenceMemory;
}

/**
 * One page of the statements that a query finds: those that meet its filters, and those that refer to one that does, through
 * any number of references (xAPI 1.0.3, part three, 2.1.3); without those that were taken back.
 *
 * Pages of one snapshot have neither gaps nor repeats, whatever is stored meanwhile.
 */
export async function findStatements({ log, warehouse, references }: Searched, snapshot: Snapshot, find: Find): Promise<FoundPage> {
  const kept = await references.of(warehouse, snapshot.folded);
  // What is known of references may be a little older than the tables: from there on the log is looked through.
  const from = kept === undefined ? snapshot.folded : snapshot.folded.map((next, partition) => Math.min(next, kept.through[partition]!));
  const fresh = await readFresh(log, warehouse.tenant, { below: snapshot.below, folded: from });
  const finding: Finding = { log, warehouse, snapshot, fresh, find };
  const order = orderOf(find.ascending);
  const beside = [...directlyFresh(finding), ...(await throughReferences(finding, kept))]
    .filter((place) => isWithin(find, place))
    .sort(order);
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
    const round = await standing(finding, [...folded, ...ready].sort(order));
    places.push(...round.filter(({ id }) => !seen.has(id) && seen.add(id)));
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

function askOf({ find, snapshot }: Finding) {
  const { filters, own, since, until, ascending } = find;
  const [lead, ...others] = filters.map(tagged);
  const all = [lead!, ...others, ...(own === undefined ? [] : [tagged([own])])] as const;
  return { filters: all, below: snapshot.folded, ascending, ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

function directlyFresh({ fresh, find }: Finding): readonly FreshStatement[] {
  const all = find.own === undefined ? find.filters : [...find.filters, [find.own]];
  return fresh.statements.filter(({ keys }) => meets(keys, all));
}

/** Time filters hold for the statement itself, also where it is found through a reference. */
function isWithin({ since, until }: Find, { recordedAt }: RecordPlace): boolean {
  return (since === undefined || recordedAt > since) && (until === undefined || recordedAt <= until);
}

/**
 * Those that were not taken back: the claims of voids say so. A statement that was sent again because an answer was lost may
 * lie in the log twice (decision 45), and both places are found: it stands where its own claim says.
 */
async function standing({ log, warehouse, snapshot }: Finding, places: readonly RecordPlace[]): Promise<readonly RecordPlace[]> {
  const claims = await log.findClaims(warehouse.tenant, [...places.map(({ id }) => id), ...places.map(({ id }) => voidClaimId(id))]);
  const found: RecordPlace[] = [];
  for (const [at, place] of places.entries()) {
    if (!isThere(place, claims[at]?.position)) continue;
    const voided = claims[places.length + at]?.position;
    const isSeen = voided !== undefined && voided.offset < snapshot.below[voided.partition]!;
    if (!isSeen || (await isVoiding(log, place))) found.push(place);
  }
  return found;
}

/** A claim that is not settled yet says nothing. */
const isThere = ({ partition, offset }: RecordPlace, claimed: Position | undefined) =>
  claimed === undefined || (claimed.partition === partition && claimed.offset === offset);

/** A voiding statement cannot be voided, whatever was sent. */
async function isVoiding(log: EventLog, place: RecordPlace): Promise<boolean> {
  return (await statementAt(log, positionOf(place)))?.data.verb === VOIDED_VERB;
}
