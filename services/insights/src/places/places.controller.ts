import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type ClassRow } from '@pharos/warehouse';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readOffset, writeOffset } from '../http/offset-cursor.js';
import { PLACES, REGISTRY } from '../tokens.js';
import { type Places } from './places.js';

const r = routes.places;

/** How many classes stand under each key, in the order of first sight. */
function grouped<Key extends 'school' | 'course'>(
  rows: readonly ClassRow[],
  key: Key,
): readonly (ClassRow & { readonly classes: number })[] {
  const groups = Map.groupBy(rows, (row) => row[key]);
  return [...groups.values()].map((group) => ({ ...group[0]!, classes: group.length }));
}

/** Schools, courses and classes, as far as the caller may see them. */
@Answers()
export class PlacesController {
  constructor(
    @Inject(PLACES) private readonly places: Places,
    @Inject(REGISTRY) private readonly registry: Registry,
  ) {}

  /** A teacher who is nothing else sees the own classes; everybody else those of their schools. */
  private async visible(caller: Caller): Promise<readonly ClassRow[]> {
    const rows = (await this.places.all(caller.tenant)).filter(
      ({ school }) => caller.schools.length === 0 || caller.schools.includes(school),
    );
    if (caller.roles.some((role) => role !== 'teacher')) return rows;
    const own = new Set(caller.person === null ? [] : await this.registry.tenant(caller.tenant).access.classesOfTeacher(caller.person));
    return rows.filter((row) => own.has(row.class));
  }

  @Handles(r.schools)
  async schools(@Asked() { caller }: Call<typeof r.schools>): Promise<Answer<typeof r.schools>> {
    const rows = grouped(await this.visible(caller), 'school');
    return { items: rows.map(({ school, schoolTitle, classes }) => ({ school, title: schoolTitle, classes })) };
  }

  @Handles(r.courses)
  async courses(@Asked() { caller, query }: Call<typeof r.courses>): Promise<Answer<typeof r.courses>> {
    const rows = (await this.visible(caller)).filter(({ school }) => query.school === undefined || school === query.school);
    return {
      items: grouped(rows, 'course').map(({ course, courseTitle, school, classes }) => ({ course, title: courseTitle, school, classes })),
    };
  }

  @Handles(r.classes)
  async classes(@Asked() { caller, query }: Call<typeof r.classes>): Promise<Answer<typeof r.classes>> {
    const wanted = (row: ClassRow) =>
      (['school', 'course', 'term'] as const).every((key) => query[key] === undefined || row[key] === query[key]);
    const rows = (await this.visible(caller)).filter(wanted);
    const from = readOffset(query.cursor);
    return { items: rows.slice(from, from + query.limit), next: from + query.limit < rows.length ? writeOffset(from + query.limit) : null };
  }
}
