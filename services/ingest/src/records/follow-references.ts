import { matchingAmong, type RecordPlace, referencesTo, referredTo } from '@pharos/warehouse';
import { keyTag } from '@pharos/xapi';
import { statementAt } from '../door/read-statement.js';
import { type Finding, meets, tagged } from './find.js';
import { type KeptReferences } from './reference-memory.js';
import { keysOf } from './snapshot.js';

/** A statement that refers to another. `own`: the reader may see it. */
interface Referring {
  readonly place: RecordPlace;
  readonly own: boolean;
}

/** Where references are looked up. */
interface References {
  /** Statements that meet the filters and that some other refers to. */
  matching(): Promise<readonly string[]>;
  /** Who refers to any of these. */
  to(targets: ReadonlySet<string>): Promise<readonly Referring[]>;
}

/** Who refers to a matching statement, and who refers to those, until nobody new is found: references may go in circles. */
export async function throughReferences(finding: Finding, kept: KeptReferences | undefined): Promise<readonly RecordPlace[]> {
  const { fresh, find } = finding;
  const references = kept === undefined ? inTables(finding) : inMemory(finding, kept);
  const referring = fresh.statements.filter(({ refersTo }) => refersTo !== undefined);
  const matching = fresh.statements.filter(({ keys }) => meets(keys, find.filters)).map(({ id }) => id);
  let frontier: ReadonlySet<string> = new Set([...(await references.matching()), ...matching]);
  const found = new Map<string, RecordPlace>();
  const reached = new Set(frontier);
  while (frontier.size > 0) {
    const next = new Set<string>();
    const take = ({ place, own }: Referring) => {
      if (own) found.set(place.id, place);
      if (!reached.has(place.id)) {
        reached.add(place.id);
        next.add(place.id);
      }
    };
    for (const each of await references.to(frontier)) take(each);
    for (const place of referring)
      if (frontier.has(place.refersTo!)) take({ place, own: find.own === undefined || place.keys.has(find.own) });
    frontier = next;
  }
  return [...found.values()];
}

/** What a reader may see of what is stored: everything, or what bears the tag of their own. */
function ownership({ find }: Finding): (tags: readonly number[]) => boolean {
  const own = find.own === undefined ? undefined : keyTag(find.own);
  return (tags) => own === undefined || tags.includes(own);
}

/** Filters are tested by tags, which is right but for one in four thousand million. */
function inMemory(finding: Finding, { references, targets }: KeptReferences): References {
  const { below } = finding.snapshot;
  const isOwn = ownership(finding);
  const filters = finding.find.filters.map((keys) => new Set(keys.map(keyTag)));
  const seen = ({ partition, offset }: RecordPlace) => offset < below[partition]!;
  const byTarget = Map.groupBy(references.filter(seen), ({ target }) => target);
  const isMatching = (id: string) => {
    const target = targets.get(id);
    return target !== undefined && seen(target) && filters.every((wanted) => target.tags.some((tag) => wanted.has(tag)));
  };
  return {
    async matching() {
      const fresh = new Set(finding.fresh.statements.flatMap(({ refersTo }) => (refersTo === undefined ? [] : [refersTo])));
      const known = [...byTarget.keys(), ...fresh].filter(isMatching);
      // Nobody referred to them before, so they are not in memory: the log has them.
      const others = [...fresh].filter((id) => !targets.has(id));
      return [...known, ...(await matchingInLog(finding, others))];
    },
    to: (ids) => Promise.resolve([...ids].flatMap((id) => (byTarget.get(id) ?? []).map((place) => ({ place, own: isOwn(place.tags) })))),
  };
}

async function matchingInLog({ log, warehouse, find, snapshot }: Finding, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const claim of ids.length === 0 ? [] : await log.findClaims(warehouse.tenant, ids)) {
    if (claim === undefined || claim.position.offset >= snapshot.below[claim.position.partition]!) continue;
    const logged = await statementAt(log, claim.position);
    if (logged !== undefined && meets(keysOf(logged), find.filters)) found.push(logged.id);
  }
  return found;
}

/** So many targets are bound one by one; where there are more, the engine finds them by itself. */
const MOST_BOUND = 5_000;

function inTables(finding: Finding): References {
  const { warehouse, fresh, find, snapshot } = finding;
  const isOwn = ownership(finding);
  return {
    async matching() {
      const filters = find.filters.map(tagged);
      const also = fresh.statements.flatMap(({ refersTo }) => (refersTo === undefined ? [] : [refersTo]));
      const referred = await warehouse.ask(referredTo(snapshot.folded, MOST_BOUND + 1));
      const asked: readonly (readonly string[] | 'all')[] =
        referred.length > MOST_BOUND ? ['all', also] : [[...new Set([...referred, ...also])]];
      const found = await Promise.all(
        asked.filter((ids) => ids.length > 0).map((ids) => warehouse.ask(matchingAmong(filters, snapshot.folded, ids))),
      );
      return found.flat();
    },
    async to(ids) {
      const places = await warehouse.ask(referencesTo([...ids], snapshot.folded));
      return places.map((place) => ({ place, own: isOwn(place.tags) }));
    },
  };
}
