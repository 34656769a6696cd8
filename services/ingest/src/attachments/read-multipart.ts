import { hash } from 'node:crypto';
import { Dicer } from '@fastify/busboy';
import { type ParsedBody, parseJson } from '../http/json-body.js';

/** The raw content of an attachment, as it came. */
export interface SentPart {
  readonly contentType: string | undefined;
  /** Octets, where the part's header says it. */
  readonly length: number | undefined;
  /** As the part's header says it, lower case; checked against the bytes. */
  readonly sha2: string;
  readonly bytes: Buffer;
}

export type ReadMultipart =
  | { readonly ok: true; readonly statements: ParsedBody; readonly parts: readonly SentPart[] }
  | { readonly ok: false; readonly reason: string };

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/**
 * Takes a multipart/mixed body apart: statements as JSON first, then the raw contents of their attachments
 * (xAPI 1.0.3, part three, 1.5.2).
 */
export async function readMultipart(contentType: string, body: Buffer): Promise<ReadMultipart> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (boundary === null) return { ok: false, reason: 'The Content-Type multipart/mixed needs a boundary.' };
  const parts = await split(boundary[1] ?? boundary[2]!, body);
  if (parts === undefined) return { ok: false, reason: 'The body is not multipart/mixed with the boundary that Content-Type names.' };
  const [first, ...others] = parts;
  if (first === undefined) return { ok: false, reason: 'The body has no parts: the first one holds the statements.' };
  if (!/^application\/json\s*(;|$)/i.test(first.headers['content-type'] ?? '')) {
    return { ok: false, reason: 'The first part must hold the statements, with the Content-Type application/json.' };
  }
  const read: SentPart[] = [];
  for (const [index, part] of others.entries()) {
    const problem = problemOf(part);
    if (problem !== undefined) return { ok: false, reason: `Part ${index + 2}: ${problem}` };
    const { 'content-type': contentType, 'content-length': length, 'x-experience-api-hash': sha2 } = part.headers;
    read.push({ contentType, length: length === undefined ? undefined : Number(length), sha2: sha2!.toLowerCase(), bytes: part.bytes });
  }
  return { ok: true, statements: parseJson(first.bytes), parts: read };
}

function problemOf({ headers, bytes }: Part): string | undefined {
  if (headers['content-transfer-encoding']?.toLowerCase() !== 'binary') return 'Content-Transfer-Encoding must be binary.';
  const named = headers['x-experience-api-hash'];
  if (named === undefined) return 'X-Experience-API-Hash is needed.';
  const made = sha2Like(named, bytes);
  if (made === undefined) return 'X-Experience-API-Hash must be a SHA-2 hash in hexadecimal digits.';
  return made === named.toLowerCase() ? undefined : 'X-Experience-API-Hash is not the hash of the content.';
}

const BY_LENGTH: Readonly<Record<number, string>> = { 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' };

/** The hash of the family that has as many digits as the one named; undefined where none has. */
export function sha2Like(named: string, bytes: Buffer): string | undefined {
  const algorithm = BY_LENGTH[named.length];
  return algorithm === undefined ? undefined : hash(algorithm, bytes, 'hex');
}

/** Undefined where the body is not of this form. */
function split(boundary: string, body: Buffer): Promise<readonly Part[] | undefined> {
  return new Promise((resolve) => {
    const parts: Part[] = [];
    let broken = false;
    const dicer = new Dicer({ boundary });
    dicer.on('part', (stream) => {
      let headers: Readonly<Record<string, string>> = {};
      const chunks: Buffer[] = [];
      stream.on('header', (header) => {
        headers = Object.fromEntries(
          Object.entries(header as Record<string, readonly string[]>).map(([name, [value = '']]) => [name.toLowerCase(), value]),
        );
      });
      stream.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk as Buffer)));
      stream.on('error', () => (broken = true));
      stream.on('end', () => parts.push({ headers, bytes: Buffer.concat(chunks) }));
    });
    dicer.on('error', () => resolve(undefined));
    dicer.on('finish', () => resolve(broken ? undefined : parts));
    dicer.end(body);
  });
}
