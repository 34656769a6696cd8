/** A platform that speaks xAPI over HTTP. */
export interface XapiClient {
  send(statements: readonly unknown[]): Promise<{ readonly status: number; readonly body: string }>;
  /** `retryAfter`: the header's seconds, where the answer bears it. */
  get(
    id: string,
    which?: 'statementId' | 'voidedStatementId',
  ): Promise<{ readonly status: number; readonly body: string; readonly retryAfter: string | null }>;
}

/** @param key `id:secret` of a credential */
export function xapiClient(address: string, key: string): XapiClient {
  const headers = {
    authorization: `Basic ${Buffer.from(key).toString('base64')}`,
    'x-experience-api-version': '1.0.3',
    'content-type': 'application/json',
  };
  const ask = async (query: string, init: RequestInit) => {
    const answer = await fetch(`${address}/xapi/statements${query}`, { headers, ...init });
    return { status: answer.status, body: await answer.text(), retryAfter: answer.headers.get('retry-after') };
  };
  return {
    send: (statements) => ask('', { method: 'POST', body: JSON.stringify(statements) }),
    get: (id, which = 'statementId') => ask(`?${which}=${id}`, { method: 'GET' }),
  };
}
