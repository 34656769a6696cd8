/** A token is asked for anew so long before it ends: clocks differ, and signing in takes its time. */
const EARLY_MS = 30_000;
const TIMEOUT_MS = 10_000;

export interface ClientCredentials {
  /** Where tokens are given (RFC 6749, 3.2). */
  readonly url: string;
  readonly clientId: string;
  /** Asked for with each token, so that a new secret needs no restart. */
  readonly secret: () => string;
  readonly scope?: string;
}

/** No token was given. The message is one line, without the secret. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

interface Granted {
  readonly value: string;
  readonly until: number;
}

/**
 * Tokens for signing in to Kafka (OAUTHBEARER), by a client's own name and secret (RFC 6749, 4.4). One is used until shortly
 * before it ends, whoever asks.
 *
 * @throws TokenRefused when the address does not answer or gives none
 * @example kafkaClient({ brokers, clientId, sasl: { mechanism: 'oauthbearer', oauthBearerProvider: clientCredentials({ url, clientId: 'pharos-ingest', secret }) } });
 */
export function clientCredentials(client: ClientCredentials): () => Promise<{ readonly value: string }> {
  let granted: Promise<Granted> | undefined;
  return async () => {
    const last = granted;
    const held = await last;
    if (held && performance.now() < held.until) return held;
    // Of several that find it ended, one asks.
    if (granted === last) {
      const asked = ask(client);
      granted = asked;
      asked.catch(() => (granted = undefined)); // the caller hears of it, and the next one asks again
    }
    return granted!;
  };
}

async function ask({ url, clientId, secret, scope }: ClientCredentials): Promise<Granted> {
  const began = performance.now();
  // Name and secret are written as in a form before they are joined (RFC 6749, 2.3.1).
  const [name, word] = [clientId, secret()].map((text) => new URLSearchParams([['', text]]).toString().slice(1));
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${name}:${word}`).toString('base64')}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await answer.text();
  } catch (error) {
    const { cause, name: kind } = error as Error & { readonly cause?: { readonly code?: string } };
    throw new TokenRefused(`${url} does not answer: ${cause?.code ?? kind}`, { cause: error });
  }
  const { access_token: value, expires_in: seconds, error } = jsonOf(text);
  if (typeof value !== 'string')
    throw new TokenRefused(`${url} gives no token: ${answer.status}${typeof error === 'string' ? ` ${error}` : ''}`);
  const lasts = typeof seconds === 'number' ? seconds * 1_000 : 0;
  return { value, until: began + lasts - Math.min(EARLY_MS, lasts / 2) };
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // a page of a proxy: its status is told
  }
}
