import { type Registry } from '@pharos/registry';
import { type Calendar } from '@pharos/warehouse';

/**
 * How terms are called: by the tenant's calendars, else by the academic sessions of its roster, else by their id.
 *
 * @example termTitles(calendars, records, ['autumn-2026']) // => a function that says 'Autumn term 2026' of 'autumn-2026'
 */
export async function termTitles(
  calendars: readonly Pick<Calendar, 'terms'>[],
  records: Pick<ReturnType<Registry['tenant']>['rosterRecords'], 'get'>,
  terms: readonly string[],
): Promise<(term: string) => string> {
  const titles = new Map(calendars.flatMap((calendar) => calendar.terms.map(({ term, title }) => [term, title] as const)));
  const unknown = terms.filter((term) => !titles.has(term));
  if (unknown.length > 0) {
    for (const [key, { record }] of await records.get('academicSessions', unknown)) {
      if (typeof record.title === 'string' && record.title !== '') titles.set(key, record.title);
    }
  }
  return (term) => titles.get(term) ?? term;
}
