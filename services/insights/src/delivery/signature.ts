import { createHmac, timingSafeEqual } from 'node:crypto';

/** Header of every webhook: `t=UNIX_SECONDS,v1=HEX`. */
export const SIGNATURE = 'pharos-signature';

const mac = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

/**
 * Signs a webhook: HMAC-SHA256, with the webhook's secret as it was shown, over `UNIX_SECONDS.BODY`.
 *
 * A receiver works out the same over the body as received, compares in constant time, and refuses times older than five
 * minutes, so that nobody can send it again.
 *
 * @example signatureOf('secret', '{}', new Date(0)) // => 't=0,v1=…'
 */
export function signatureOf(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${mac(secret, seconds, body)}`;
}

/** What a receiver does: whether the header is of this secret and body, and at most five minutes old. */
export function isSignedBy(secret: string, body: string, header: string, now: Date): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (!match) return false;
  const seconds = Number(match[1]);
  if (Math.abs(now.getTime() / 1_000 - seconds) > 300) return false;
  return timingSafeEqual(Buffer.from(mac(secret, seconds, body), 'hex'), Buffer.from(match[2]!, 'hex'));
}
