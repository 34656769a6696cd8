import { type StatementDetail, type StatementRow, type StatementRows } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type RecordedStatement, recordPage, type RecordPlace, sentDefinitions, statementsByIds, type Warehouse } from '@pharos/warehouse';
import { activityKey, ANY_KEY, credentialKey, keyTag, verbKey } from '@pharos/xapi';
import { type Caller, type RequestState } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';
import { type Names } from '../people/names.js';
import { type Places } from '../places/places.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { type Watermark } from '../watermark.js';
import { derivedOf } from './derived.js';
import { type StatementReader } from './statement-reader.js';
import { statementInWords } from './statement-words.js';

interface Reads {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly names: Names;
  readonly places: Places;
  readonly shelf: ContentShelf;
  readonly watermark: Watermark;
  readonly reader: StatementReader;
}

interface Asked {
  readonly platform?: string | undefined;
  readonly verb?: string | undefined;
  readonly activity?: string | undefined;
  readonly since?: string | undefined;
  readonly after?: RecordPlace | undefined;
  readonly limit: number;
  readonly names: boolean;
}

export interface StatementPage extends Omit<StatementRows, 'next'> {
  /** The last place of the page; null where there is no page after it. */
  readonly last: RecordPlace | null;
}

/** What platforms sent, statement by statement, for integrators of the whole institution. */
export class StatementDesk {
  constructor(private readonly reads: Reads) {}

  /** One page, the latest first. New statements come before it, so turning pages neither leaves out nor repeats. */
  async list(caller: Caller, { names, limit, after, since, ...filter }: Asked, state: RequestState): Promise<StatementPage> {
    refusePartOfIt(caller);
    const { positions, through } = await this.reads.watermark.folded();
    state.through = through;
    const page = await this.reads.warehouse.tenant(caller.tenant).ask(
      recordPage({
        filters: filtersOf(filter),
        below: positions.statements,
        ascending: false,
        limit: limit + 1,
        ...(since !== undefined && { since }),
        ...(after !== undefined && { after }),
      }),
      'dashboards',
    );
    const places = page.slice(0, limit);
    const items = await this.rows(caller, places.map(({ id }) => id), names, state); // prettier-ignore
    return { items, through, last: page.length > places.length ? (places.at(-1) ?? null) : null };
  }

  /** One statement with what was made of it; undefined where there is none in the tables. */
  async get(caller: Caller, id: string, names: boolean, state: RequestState): Promise<StatementDetail | undefined> {
    refusePartOfIt(caller);
    const { registry, warehouse, places, shelf, watermark, reader } = this.reads;
    state.through = await watermark.through();
    const [recorded] = await warehouse.tenant(caller.tenant).ask(statementsByIds([id]), 'dashboards');
    const read = recorded && (await reader.read(caller.tenant, id, names));
    if (!recorded || !read) return undefined;
    for (const token of read.shows) state.identitiesRead.add(token);
    const [[statement], titles, content] = await Promise.all([
      this.told(caller, [recorded], names, state),
      places.titles(caller.tenant),
      shelf.of(caller.tenant),
    ]);
    const derived = await derivedOf({ registry: registry.tenant(caller.tenant), tables: warehouse.tenant(caller.tenant), titles, content, locale: caller.locale }, recorded); // prettier-ignore
    return { through: state.through, statement: statement!, json: JSON.stringify(read.statement, null, 2), derived };
  }

  private async rows(caller: Caller, ids: readonly string[], names: boolean, state: RequestState): Promise<StatementRow[]> {
    if (ids.length === 0) return [];
    const found = await this.reads.warehouse.tenant(caller.tenant).ask(statementsByIds(ids), 'dashboards');
    const byId = new Map(found.map((row) => [row.id, row]));
    const inOrder = ids.flatMap((id) => byId.get(id) ?? []);
    return this.told(caller, inOrder, names, state);
  }

  private async told(caller: Caller, rows: readonly RecordedStatement[], names: boolean, state: RequestState): Promise<StatementRow[]> {
    const activities = [...new Set(rows.map(({ activity }) => activity).filter((activity) => activity !== ''))];
    const [definitions, people] = await Promise.all([
      activities.length === 0 ? [] : this.reads.warehouse.tenant(caller.tenant).ask(sentDefinitions(activities), 'dashboards'),
      names ? this.reads.names.ofTokens(caller, rows.map(({ learner }) => learner), state) : new Map<string, never>(), // prettier-ignore
    ]);
    const titles = new Map(definitions.map(({ activity, definition }) => [activity, (JSON.parse(definition) as { name?: unknown }).name]));
    return rows.map((row) => ({
      id: row.id,
      recordedAt: row.recordedAt,
      occurredAt: row.occurredAt,
      credential: row.credential,
      actor: people.get(row.learner) ?? { token: row.learner, name: null },
      ...statementInWords(row.body, caller.locale, (activity) => titles.get(activity)),
      correct: row.correct,
      scaled: row.scaled,
      durationSeconds: row.durationSeconds,
      voided: row.voided,
    }));
  }
}

/** Whoever answers for some schools alone is not shown what all of them send: a statement names no school. */
function refusePartOfIt({ schools }: Caller): void {
  if (schools.length === 0) return;
  throw new Refusal('not-allowed', {
    detail: 'Statements are shown to those who answer for the whole institution, not for some of its schools',
  });
}

/** The first names fewest statements, as far as that can be known beforehand. */
function filtersOf({ activity, verb, platform }: Pick<Asked, 'activity' | 'verb' | 'platform'>) {
  const keys = [
    ...(activity === undefined ? [] : [activityKey(activity)]),
    ...(platform === undefined ? [] : [credentialKey(platform)]),
    ...(verb === undefined ? [] : [verbKey(verb)]),
  ];
  const [lead = ANY_KEY, ...others] = keys;
  const filter = (key: string) => ({ keys: [key], tags: [keyTag(key)] });
  return [filter(lead), ...others.map(filter)] as const;
}
