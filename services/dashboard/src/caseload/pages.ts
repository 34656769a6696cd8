import { type AlertSummary, type Caseload, type CaseloadItem } from '@pharos/contract';
import { type InfiniteData } from '@tanstack/react-query';

/** A caseload as far as it was read, page by page. */
export type Pages = InfiniteData<Caseload, unknown>;

/** Changes one alert wherever it stands, and leaves its place in the list to the next answer of the server. */
export function changeAlert(pages: Pages, alert: string, change: (alert: AlertSummary) => AlertSummary): Pages {
  const changed = (item: CaseloadItem): CaseloadItem => (item.alert === alert ? { ...item, ...change(item) } : item);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(changed) })) };
}

/** All rows that were read, each alert once: between two pages an alert may have moved down. */
export function rowsOf(pages: Pages): readonly CaseloadItem[] {
  const rows = new Map<string, CaseloadItem>();
  for (const page of pages.pages) for (const item of page.items) if (!rows.has(item.alert)) rows.set(item.alert, item);
  return [...rows.values()];
}
