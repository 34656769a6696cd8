import { createTransport } from 'nodemailer';
import { type Message } from './messages.js';
import { SIGNATURE, signatureOf } from './signature.js';

/** Sent, or why not. A reason names no person: it is stored and shown to operators. */
export type Sent =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      /** What a receiver answered; undefined where none did. */
      readonly status?: number;
      /** Trying again would change nothing. */
      readonly final?: true;
    };

/** A receiver that takes longer than this is asked again later. */
const TIMEOUT_MS = 10_000;

const partOf = (error: unknown, part: 'cause' | 'code' | 'name'): unknown =>
  typeof error === 'object' && error !== null && part in error ? (error as Readonly<Record<string, unknown>>)[part] : undefined;

/** What kind of error it was: a code of the network (`ECONNREFUSED`) or its name. Never its message, which quotes addresses. */
function codeOf(error: unknown): string {
  const found = partOf(partOf(error, 'cause'), 'code') ?? partOf(error, 'code') ?? partOf(error, 'name');
  return typeof found === 'string' ? found : 'unknown';
}

export interface WebhookCall {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** The same for every attempt, so that a receiver can drop what it has had. */
  readonly id: string;
  readonly now: Date;
}
export type SendWebhook = (call: WebhookCall) => Promise<Sent>;

/** Posts a signed webhook. Redirects are not followed: the address is the one that an admin gave. */
export const sendWebhook: SendWebhook = async ({ url, secret, body, id, now }) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'content-type': 'application/json', 'idempotency-key': id, [SIGNATURE]: signatureOf(secret, body, now) },
    });
    await response.body?.cancel();
    return response.ok ? { ok: true } : { ok: false, status: response.status, reason: `the receiver answered ${response.status}` };
  } catch (error) {
    return { ok: false, reason: `the receiver could not be reached: ${codeOf(error)}` };
  }
};

export type SendMail = (mail: Message & { readonly to: string; readonly id: string }) => Promise<Sent>;

/** Where mail goes out. `url` as nodemailer reads it: `smtps://user:password@host`. */
export interface MailSettings {
  readonly url: string;
  readonly from: string;
}

/** Sends mail by SMTP. Without settings nothing can be sent, and each mail says so as its reason. */
export function mailSender(settings: MailSettings | null): SendMail {
  if (settings === null) return () => Promise.resolve({ ok: false, reason: 'no mail server is configured' });
  const transport = createTransport(settings.url, { from: settings.from });
  const host = settings.from.split('@').at(-1)?.replace('>', '') ?? 'pharos';
  return async ({ to, subject, text, id }) => {
    try {
      await transport.sendMail({ to, subject, text, messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' } });
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: `the mail server refused or could not be reached: ${codeOf(error)}` };
    }
  };
}
