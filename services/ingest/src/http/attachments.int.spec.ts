import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, generateKeyPair } from 'jose';
import { openTestRecords } from '../testing/open-records.js';
import { SIGNED_WITH_CHAIN } from '../testing/signed-with-chain.js';

/** xAPI 1.0.3, part three, 1.5.2 (multipart/mixed) and part two, 2.4.11 (attachments) and 2.6 (signed statements). */
const USAGE = 'http://example.com/attachment-usage/test';
const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';
const BOUNDARY = "abcABC0123'()+_,-./:=?";
const statement = {
  actor: { account: { homePage: 'https://sis.example', name: 'ann.lee.1' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
  object: { id: 'https://lms.example/essay' },
};
const essay = Buffer.from([1, 2, 0, 255, 13, 10, 45, 45]);
const sha = (bytes: Buffer, algorithm = 'sha256') => hash(algorithm, bytes, 'hex');
const attached = (bytes: Buffer, more: object = {}) => ({
  usageType: USAGE,
  display: { en: 'Essay' },
  contentType: 'application/pdf',
  length: bytes.length,
  sha2: sha(bytes),
  ...more,
});
interface SentPart {
  readonly bytes: Buffer;
  readonly headers?: Record<string, string>;
}
function multipart(json: string, parts: readonly SentPart[], firstType = 'application/json'): Buffer {
  const pieces: Buffer[] = [Buffer.from(`--${BOUNDARY}\r\nContent-Type: ${firstType}\r\n\r\n${json}`)];
  for (const { bytes, headers } of parts) {
    const all = {
      'Content-Type': 'application/pdf',
      'Content-Transfer-Encoding': 'binary',
      'X-Experience-API-Hash': sha(bytes),
      ...headers,
    };
    const lines = Object.entries(all).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`); // prettier-ignore
    pieces.push(Buffer.from(`\r\n--${BOUNDARY}\r\n${lines.join('')}\r\n`), bytes);
  }
  return Buffer.concat([...pieces, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}
let records: Awaited<ReturnType<typeof openTestRecords>>;
beforeAll(async () => {
  records = await openTestRecords();
}, 60_000);
afterAll(() => records.dispose());
const post = (payload: Buffer | string, type = `multipart/mixed; boundary="${BOUNDARY}"`) =>
  records.ask({ method: 'POST', url: '/xapi/statements', headers: { 'content-type': type }, payload });
const get = (parameters: Record<string, string>, who = 'lms') =>
  records.ask({ url: `/xapi/statements?${new URLSearchParams(parameters).toString()}` }, who);

describe('1.5.2 multipart/mixed', () => {
  it('keeps contents once per learner and hash, sealed, and gives them back byte by byte', async () => {
    const batch = [1, 2].map((n) => ({ ...statement, object: { id: `https://lms.example/essay/${n}` }, attachments: [attached(essay)] }));
    const sent = await post(multipart(JSON.stringify(batch), [{ bytes: essay }]));
    expect(sent.statusCode).toBe(200);
    const [statementId] = sent.json<string[]>();
    const got = await get({ statementId: statementId!, attachments: 'true' });
    expect(got.headers['content-type']).toMatch(/^multipart\/mixed; boundary=/);
    expect(got.rawPayload.includes(essay)).toBe(true);
    expect(got.payload).toContain(`X-Experience-API-Hash: ${sha(essay)}`);
    expect(got.payload).toContain('Content-Transfer-Encoding: binary');
    const listed = await get({ attachments: 'true', limit: '2' });
    expect(listed.payload.split('X-Experience-API-Hash').length - 1).toBe(1);
    const plain = await get({ statementId: statementId!, attachments: 'false' });
    expect([plain.headers['content-type'], plain.json<{ attachments: object[] }>().attachments]).toEqual([
      'application/json; charset=utf-8',
      [attached(essay)],
    ]);
    const blobs = path.join(records.folderOfStore, 'blobs');
    const files = (await readdir(blobs, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files).toHaveLength(1);
    const kept = await readFile(path.join(files[0]!.parentPath, files[0]!.name));
    expect(kept.includes(essay)).toBe(false);
    // Who may not see whose it is does not get what they wrote.
    expect((await get({ statementId: statementId!, attachments: 'true' }, 'reader')).rawPayload.includes(essay)).toBe(false);
  });

  it.each([
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ])('takes hashes by %s', async (_name, algorithm) => {
    const sha2 = sha(essay, algorithm);
    const body = multipart(JSON.stringify({ ...statement, attachments: [attached(essay, { sha2 })] }), [{ bytes: essay, headers: { 'X-Experience-API-Hash': sha2 } }]); // prettier-ignore
    expect((await post(body)).statusCode).toBe(200);
  });

  it('takes statements without attachments, and those whose content is at an address, in either type', async () => {
    const byAddress = { ...statement, attachments: [attached(essay, { fileUrl: 'https://files.example/essay' })] };
    for (const one of [statement, byAddress]) {
      expect((await post(multipart(JSON.stringify(one), []))).statusCode).toBe(200);
      expect((await post(JSON.stringify(one), 'application/json')).statusCode).toBe(200);
    }
  });

  it('matches content by its hash alone: a wrong length beside it is the sender’s', async () => {
    const long = { ...statement, attachments: [attached(essay, { length: 3 })] };
    expect((await post(multipart(JSON.stringify(long), [{ bytes: essay }]))).statusCode).toBe(200);
    const length = { 'Content-Length': String(essay.length) };
    const right = { ...statement, attachments: [attached(essay)] };
    expect((await post(multipart(JSON.stringify(right), [{ bytes: essay, headers: length }]))).statusCode).toBe(200);
  });

  const one = JSON.stringify({ ...statement, attachments: [attached(essay)] });
  it.each([
    ['no boundary', multipart(one, [{ bytes: essay }]), 'multipart/mixed'],
    ['another boundary', multipart(one, [{ bytes: essay }]), 'multipart/mixed; boundary=other'],
    ['a first part of another type', multipart(one, [{ bytes: essay }], 'text/plain'), undefined],
    ['a first part that is no JSON', multipart('{', [{ bytes: essay }]), undefined],
    ['a missing content', multipart(one, []), undefined],
    ['a content that nobody names', multipart(JSON.stringify(statement), [{ bytes: essay }]), undefined],
    ['a part without hash', multipart(one, [{ bytes: essay, headers: { 'X-Experience-API-Hash': '' } }]), undefined],
    [
      'a part with another hash',
      multipart(one, [{ bytes: essay, headers: { 'X-Experience-API-Hash': sha(Buffer.from('x')) } }]),
      undefined,
    ],
    ['a part without binary encoding', multipart(one, [{ bytes: essay, headers: { 'Content-Transfer-Encoding': 'base64' } }]), undefined],
    ['a part without encoding', multipart(one, [{ bytes: essay, headers: { 'Content-Transfer-Encoding': '' } }]), undefined],
    ['a part of another type than was said', multipart(one, [{ bytes: essay, headers: { 'Content-Type': 'text/html' } }]), undefined],
    [
      'a part whose header says another length',
      multipart(JSON.stringify({ ...statement, attachments: [attached(essay, { length: 3 })] }), [
        { bytes: essay, headers: { 'Content-Length': String(essay.length) } },
      ]),
      undefined,
    ],
    ['JSON alone without an address', one, 'application/json'],
    ['a body of no parts', Buffer.from('nothing'), undefined],
  ])('400 for %s, and nothing is stored', async (_name, body, type) => {
    const before = (await records.facts()).length;
    expect((await post(body, type)).statusCode).toBe(400);
    expect(await records.facts()).toHaveLength(before);
  });
});

describe('2.6 Signed statements', () => {
  async function signed(payload: object, alg = 'RS256', header: object = {}) {
    const { privateKey } = await generateKeyPair(alg);
    const bytes = Buffer.from(
      await new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg, ...header }).sign(privateKey),
    );
    return bytes;
  }
  const send = (bytes: Buffer, of: object = statement, more: object = {}) => {
    const attachment = attached(bytes, { usageType: SIGNATURE, contentType: 'application/octet-stream', ...more });
    const type = String((attachment as { contentType: string }).contentType);
    return post(multipart(JSON.stringify({ ...of, attachments: [attachment] }), [{ bytes, headers: { 'Content-Type': type } }]));
  };

  it.each(['RS256', 'RS384', 'RS512'])('takes %s over an equal statement', async (alg) => {
    expect((await send(await signed(statement, alg))).statusCode).toBe(200);
    const inOtherOrder = { object: statement.object, verb: { ...statement.verb, display: { en: 'answered' } }, actor: statement.actor };
    expect((await send(await signed(inOtherOrder, alg))).statusCode).toBe(200);
  });

  it('refuses another statement, algorithm, form or type, and a certificate that did not sign', async () => {
    const replies = [
      await send(await signed({ ...statement, object: { id: 'https://lms.example/other' } })),
      await send(await signed(statement, 'ES256')),
      await send(await signed({ no: 'statement' })),
      await send(Buffer.from('not.a.signature')),
      await send(Buffer.from('nothing')),
      await send(await signed(statement), statement, { contentType: 'application/json' }),
      await send(await signed(statement, 'RS256', { x5c: ['bm8gY2VydGlmaWNhdGU='] })),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400, 400, 400, 400]);
  });

  it('verifies with the first certificate of x5c, and each certificate with the next', async () => {
    const withHeader = (change: (chain: string[]) => string[]) => {
      const [header, ...rest] = SIGNED_WITH_CHAIN.split('.');
      const read = JSON.parse(Buffer.from(header!, 'base64url').toString()) as { x5c: string[] };
      return Buffer.from([Buffer.from(JSON.stringify({ ...read, x5c: change(read.x5c) })).toString('base64url'), ...rest].join('.'));
    };
    expect((await send(Buffer.from(SIGNED_WITH_CHAIN))).statusCode).toBe(200);
    const told = async (bytes: Buffer) => (await send(bytes)).json<{ errors: { message: string }[] }>().errors[0]?.message;
    expect(await told(withHeader(([leaf]) => [leaf!, leaf!]))).toMatch(/not certified by the next/);
    expect(await told(withHeader(() => []))).toMatch(/cannot be read/);
    expect(await told(withHeader(([, issuer]) => [issuer!]))).toMatch(/not signed with the certificate/);
  });
});
