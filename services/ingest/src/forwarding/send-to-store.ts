import { type Statement } from '@pharos/xapi';
import { type AttachmentPart, multipartBody } from '../http/multipart.js';
import { type Forwarded, verdictOf } from './verdict.js';

/** A target that takes longer is asked again later. */
const TIMEOUT_MS = 30_000;

/**
 * Sends statements to another record store as one batch. Redirects are not followed: the secret is for this address alone.
 *
 * @param secret `key:secret`
 * @param contents of their attachments, sent with them (xAPI 1.0.3, part three, 1.5.2.s3.b3)
 */
export async function sendToStore(
  { url, version }: { readonly url: string; readonly version: string },
  secret: string,
  statements: readonly Statement[],
  contents: readonly AttachmentPart[],
): Promise<Forwarded> {
  const json = JSON.stringify(statements);
  const { contentType, body } = contents.length > 0 ? multipartBody(json, contents) : { contentType: 'application/json', body: json };
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/statements`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
        'content-type': contentType,
        'x-experience-api-version': version,
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    await answer.body?.cancel();
    return answer.ok
      ? { outcome: 'taken' }
      : verdictOf(answer.status, `the target answered ${answer.status}`, answer.headers.get('retry-after'));
  } catch (error) {
    // A code of the network (`ECONNREFUSED`), or what kind of error it was. Never its message, which quotes addresses.
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name: string };
    return { outcome: 'again', reason: `the target could not be reached: ${cause?.code ?? name}` };
  }
}
