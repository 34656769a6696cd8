const OLDEST_SECONDS = 300;
const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Whether a webhook is from Pharos: the header `Pharos-Signature` is an HMAC-SHA256 of this body by the secret that was shown when the
 * webhook was made, and at most five minutes old, so that nobody can send it again.
 *
 * @param body as received, before it is parsed
 * @example if (!(await isFromPharos(secret, body, request.headers['pharos-signature'] ?? '', new Date()))) return refuse();
 */
export async function isFromPharos(secret: string, body: string, header: string, now: Date): Promise<boolean> {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (!match || Math.abs(now.getTime() / 1_000 - Number(match[1])) > OLDEST_SECONDS) return false;
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const mac = Uint8Array.from(match[2]!.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify('HMAC', key, mac, bytes(`${match[1]!}.${body}`));
}
