import { type DownloadFormat, type RouteShape } from '@pharos/contract';

/**
 * The download format that a request asks for, or null for JSON.
 *
 * @example chosenFormat(routes.cohorts.list, 'text/csv') // => 'text/csv'
 */
export function chosenFormat(route: RouteShape, accept: string | undefined): DownloadFormat | null {
  const accepted = (accept ?? '').split(',').map((part) => part.split(';')[0]!.trim().toLowerCase());
  return route.download?.find((format) => accepted.includes(format)) ?? null;
}
