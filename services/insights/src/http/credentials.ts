import { parseCookie, stringifySetCookie } from 'cookie';

/** What a request shows to say who it is. A cookie goes before a key. */
export type Shown =
  { readonly by: 'cookie'; readonly secret: string } | { readonly by: 'key'; readonly id: string; readonly secret: string } | null;

export const COOKIE = 'pharos_session';

/** Reads the session cookie or the Basic credentials of a request. */
export function shownBy(headers: { readonly cookie?: string | undefined; readonly authorization?: string | undefined }): Shown {
  const secret = headers.cookie ? parseCookie(headers.cookie)[COOKIE] : undefined;
  if (secret) return { by: 'cookie', secret };
  const basic = /^basic\s+(\S+)$/i.exec(headers.authorization ?? '');
  if (!basic) return null;
  const [id, ...rest] = Buffer.from(basic[1]!, 'base64').toString('utf8').split(':');
  return id && rest.length > 0 ? { by: 'key', id, secret: rest.join(':') } : null;
}

/** The `Set-Cookie` of a session; with an empty secret, of its end. Scripts cannot read it, other sites cannot send it along. */
export function sessionCookie(secret: string, expires: Date, secure: boolean): string {
  return stringifySetCookie({ name: COOKIE, value: secret, httpOnly: true, sameSite: 'lax', secure, path: '/', expires });
}
