import { randomUUID } from 'node:crypto';

/** The raw content of an attachment on its way out. */
export interface AttachmentPart {
  readonly contentType: string;
  readonly sha2: string;
  readonly bytes: Buffer;
}

/**
 * Statements and the raw content of their attachments as one multipart/mixed body (xAPI 1.0.3, part three, 1.5.2).
 *
 * @param json the first part
 */
export function multipartBody(json: string, parts: readonly AttachmentPart[]): { readonly contentType: string; readonly body: Buffer } {
  const boundary = randomUUID();
  const pieces: (string | Buffer)[] = [`--${boundary}\r\nContent-Type: application/json\r\n\r\n`, json];
  for (const { contentType, sha2, bytes } of parts) {
    const headers = `Content-Type: ${oneLine(contentType)}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`;
    pieces.push(`\r\n--${boundary}\r\n${headers}`, bytes);
  }
  pieces.push(`\r\n--${boundary}--\r\n`);
  return {
    // Without quotes, which a UUID does not need (RFC 2046, 5.1.1): a client library takes what follows = as it is.
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))),
  };
}

/** A header of a part ends with its line, whatever was sent as a type. */
const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ');
