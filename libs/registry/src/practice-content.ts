import { factId, type ItemPlacement, type NewFact } from '@pharos/facts';
import { type OutboxEntry, toOutbox } from './outbox.js';
import { type TenantDatabase, type TenantSql } from './tenant-sql.js';

/** Rows as they were put; their shape is checked where they come in. */
export interface PracticeRows {
  readonly skills: readonly PracticeSkillRow[];
  readonly items: readonly PracticeItemRow[];
  readonly resources?: readonly ResourceRow[];
}
export interface PracticeSkillRow {
  readonly skill: string;
  readonly subject: string;
  readonly prefixes?: readonly string[] | undefined;
}
export interface PracticeItemRow {
  readonly item: string;
  readonly skill: string;
  readonly difficulty: number;
  /** What its answers are graded by. */
  readonly key?: unknown;
}

export interface ResourceRow {
  readonly resource: string;
  readonly skills: readonly string[];
}

/** Skills and items that a tenant's answers are graded by. */
export interface PracticeTables {
  all(): Promise<Required<PracticeRows>>;
  /**
   * Adds, or puts in the place of what has the same id. Where items stand among skills goes to the log in the same transaction: a new item holds for
   * answers that came before it as well, a moved one from `at` on.
   *
   * @returns how many placements changed
   */
  put(rows: PracticeRows, at: string): Promise<number>;
  /** Items by their ids; those that are not there are left out. */
  itemsByIds(items: readonly string[]): Promise<readonly PracticeItemRow[]>;
}

/** Before anything was recorded. */
const ALWAYS = '1970-01-01T00:00:00.000Z';
/** Placements a fact: about 200 KB of a log's message. */
const PLACED_AT_ONCE = 1_000;

export function createPracticeTables(database: TenantDatabase): PracticeTables {
  return {
    all: () => allRows(database),
    async itemsByIds(items) {
      const rows = await database.query<{ data: PracticeItemRow }>('SELECT data FROM practice_items WHERE tenant = $1 AND item = ANY($2)', [
        items,
      ]);
      return rows.map(({ data }) => data);
    },
    put: (rows, at) =>
      database.transaction(async (sql) => {
        // One edit at a time: what an item was moved from must be what stands there.
        await sql.query(`SELECT $1::text, pg_advisory_xact_lock(hashtext('practice ' || $1::text))`);
        const before = placementsOf(await allRows(sql));
        await sql.query(
          `INSERT INTO practice_skills (tenant, skill, data) SELECT $1, row ->> 'skill', row FROM unnest($2::jsonb[]) AS row
           ON CONFLICT (tenant, skill) DO UPDATE SET data = excluded.data`,
          [rows.skills.map((skill) => JSON.stringify(skill))],
        );
        await sql.query(
          `INSERT INTO practice_items (tenant, item, data) SELECT $1, row ->> 'item', row FROM unnest($2::jsonb[]) AS row
           ON CONFLICT (tenant, item) DO UPDATE SET data = excluded.data`,
          [rows.items.map((item) => JSON.stringify(item))],
        );
        await sql.query(
          `INSERT INTO practice_resources (tenant, resource, data) SELECT $1, row ->> 'resource', row FROM unnest($2::jsonb[]) AS row
           ON CONFLICT (tenant, resource) DO UPDATE SET data = excluded.data`,
          [(rows.resources ?? []).map((resource) => JSON.stringify(resource))],
        );
        const changed = changes(before, placementsOf(await allRows(sql)));
        await toOutbox(sql, [...entries(sql.tenant, changed.added, ALWAYS, at), ...entries(sql.tenant, changed.moved, at, at)]);
        return changed.added.length + changed.moved.length;
      }),
  };
}

async function allRows(sql: Pick<TenantSql, 'query'>): Promise<Required<PracticeRows>> {
  const skills = await sql.query<{ data: PracticeSkillRow }>('SELECT data FROM practice_skills WHERE tenant = $1 ORDER BY skill');
  const items = await sql.query<{ data: PracticeItemRow }>('SELECT data FROM practice_items WHERE tenant = $1 ORDER BY item');
  const resources = await sql.query<{ data: ResourceRow }>('SELECT data FROM practice_resources WHERE tenant = $1 ORDER BY resource');
  return { skills: skills.map(({ data }) => data), items: items.map(({ data }) => data), resources: resources.map(({ data }) => data) };
}

type Placements = ReadonlyMap<string, ItemPlacement>;

function placementsOf({ skills, items, resources }: Required<PracticeRows>): Placements {
  const subjects = new Map(skills.map(({ skill, subject }) => [skill, subject]));
  const all: ItemPlacement[] = [
    ...skills.flatMap(({ skill, subject, prefixes = [] }) => prefixes.map((item) => ({ item, prefix: true, skills: [skill], subject, difficulty: 0 }))),
    ...resources.map(({ resource, skills: served }) => ({ item: resource, prefix: false, skills: [...served], subject: subjects.get(served[0] ?? '') ?? '-', difficulty: 0 })),
    ...items.map(({ item, skill, difficulty }) => ({ item, prefix: false, skills: [skill], subject: subjects.get(skill) ?? '-', difficulty })),
  ];
  return new Map(all.map((placement) => [`${placement.prefix ? '^' : '='}${placement.item}`, placement]));
} // prettier-ignore

function changes(
  before: Placements,
  after: Placements,
): { readonly added: readonly ItemPlacement[]; readonly moved: readonly ItemPlacement[] } {
  const added: ItemPlacement[] = [];
  const moved: ItemPlacement[] = [];
  for (const [key, placement] of after) {
    const stood = before.get(key);
    if (stood === undefined) added.push(placement);
    else if (JSON.stringify(stood) !== JSON.stringify(placement)) moved.push(placement);
  }
  for (const [key, placement] of before) if (!after.has(key)) moved.push({ ...placement, skills: [] });
  return { added, moved };
}

function entries(tenant: string, items: readonly ItemPlacement[], holdsFrom: string, at: string): OutboxEntry[] {
  const facts: OutboxEntry[] = [];
  for (let from = 0; from < items.length; from += PLACED_AT_ONCE) {
    const some = items.slice(from, from + PLACED_AT_ONCE);
    const id = factId('items-placed', tenant, at, holdsFrom, from, JSON.stringify(some));
    const fact: NewFact = { id, type: 'ItemsPlaced', version: 1, tenant, key: tenant, occurredAt: at, data: { holdsFrom, items: some } };
    facts.push({ entity: `practice/${id}`, version: 1, topic: 'models', fact });
  }
  return facts;
}
