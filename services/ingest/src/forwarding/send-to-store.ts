import { type Statement } from '@pharos/xapi';

/** What became of statements that were sent. `again`: nothing is known to be wrong with them. A reason names no person. */
export type Forwarded =
  { readonly outcome: 'taken' } | { readonly outcome: 'refused' | 'again'; readonly reason: string; readonly retryAfterS?: number };

/** A target that takes longer is asked again later. */
const TIMEOUT_MS = 30_000;

/** The target's own trouble, or its door closed to us: nothing that other statements would change. */
const PASSING = new Set([401, 403, 404, 405, 408, 425, 429]);

/**
 * Sends statements to another record store as one batch. Redirects are not followed: the secret is for this address alone.
 *
 * @param secret `key:secret`
 */
export async function sendToStore(
  { url, version }: { readonly url: string; readonly version: string },
  secret: string,
  statements: readonly Statement[],
): Promise<Forwarded> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/statements`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
        'content-type': 'application/json',
        'x-experience-api-version': version,
      },
      body: JSON.stringify(statements),
    });
    await answer.body?.cancel();
    if (answer.ok) return { outcome: 'taken' };
    const reason = `the target answered ${answer.status}`;
    if (answer.status < 400 || answer.status >= 500 || PASSING.has(answer.status)) {
      const retryAfterS = Number(answer.headers.get('retry-after') ?? Number.NaN);
      return { outcome: 'again', reason, ...(retryAfterS > 0 && { retryAfterS }) };
    }
    return { outcome: 'refused', reason };
  } catch (error) {
    // A code of the network (`ECONNREFUSED`), or what kind of error it was. Never its message, which quotes addresses.
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name: string };
    return { outcome: 'again', reason: `the target could not be reached: ${cause?.code ?? name}` };
  }
}
