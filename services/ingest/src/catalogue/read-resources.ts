import { type LearningResource } from '@pharos/contract';
import { UnreadableTable } from '../oulad/read-table.js';
import { listIn, rowsOfCsv } from './csv-rows.js';

/**
 * Resources from CSV: `resource` (the activity id that platforms send), `skills` (separated by `;`), and where known `title`, `level`, `language`, `minutes`, `format`.
 * A file with `item` and `skill` alone maps items to skills.
 *
 * @throws UnreadableTable naming line and column
 */
export function readResourcesCsv(text: string): readonly LearningResource[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  const mapping = /(^|,)\s*"?item"?\s*(,|$)/i.test(header.replace(/^\uFEFF/, ''));
  const rows = rowsOfCsv(text, mapping ? ['item', 'skill'] : ['resource', 'skills']);
  const found = new Map<string, LearningResource>();
  for (const { line, cell } of rows) {
    const resource = cell(mapping ? 'item' : 'resource');
    const minutes = cell('minutes') === '' ? null : Number(cell('minutes'));
    if (minutes !== null && !(minutes > 0))
      throw new UnreadableTable(`line ${line}: minutes is "${cell('minutes')}", not a number above 0`);
    const known = found.get(resource);
    const skills = [...(known?.skills ?? []), ...listIn(cell(mapping ? 'skill' : 'skills'))];
    found.set(resource, {
      resource,
      title: cell('title') === '' ? (known?.title ?? resource) : cell('title'),
      skills: [...new Set(skills)],
      level: cell('level') || null,
      language: cell('language') || null,
      minutes,
      format: cell('format') || null,
    });
  }
  return [...found.values()];
}
