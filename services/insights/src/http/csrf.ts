import { timingSafeEqual } from 'node:crypto';

interface Headers {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
  readonly 'x-csrf-token'?: string | string[] | undefined;
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);

/** Whether the browser says that another site sent the request. A client that is no browser says nothing, and has no cookies to abuse. */
export function fromOtherSite(headers: Headers, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return true;
  if (headers.origin === undefined) return false;
  // Behind a proxy the host of the request may be an inner one; the page's own address counts as ours too.
  const host = hostOf(headers.origin);
  return host === null || (host !== headers.host && host !== hostOf(publicUrl));
}

/**
 * Whether a request that changes something came from the page: it carries the session's token (which another site cannot
 * read), and the browser does not name another site. Two checks, because each has failed somewhere.
 */
export function fromThePage(headers: Headers, csrf: string, publicUrl: string): boolean {
  const sent = headers['x-csrf-token'];
  if (typeof sent !== 'string' || fromOtherSite(headers, publicUrl)) return false;
  const [a, b] = [Buffer.from(sent), Buffer.from(csrf)];
  return a.length === b.length && timingSafeEqual(a, b);
}
