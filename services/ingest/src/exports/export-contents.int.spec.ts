import { hash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { multipartBody } from '../http/multipart.js';
import { importXapi } from '../imports/import-xapi.js';
import { openTestRecords } from '../testing/open-records.js';
import { exportFile } from './export-file.js';

type Records = Awaited<ReturnType<typeof openTestRecords>>;

const ESSAY = Buffer.from('an essay by Ann');
const CERTIFICATE = Buffer.from([0, 255, 13, 10, 45, 45, 7]);
const person = (name: string) => ({ account: { homePage: 'https://sis.example', name } });
const attachmentOf = (bytes: Buffer, contentType: string) => ({ usageType: 'http://example.org/work', display: { en: 'Work' }, contentType, length: bytes.length, sha2: hash('sha256', bytes, 'hex') }); // prettier-ignore
const essay = attachmentOf(ESSAY, 'text/plain');
const certificate = attachmentOf(CERTIFICATE, 'application/pdf');
const uuid = (n: number) => `0f000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const statementOf = (n: number, name: string, attachments: readonly object[]) => ({
  id: uuid(n), actor: person(name), verb: { id: 'http://example.org/did' }, object: { id: `https://lms.example/${n}` }, attachments,
}); // prettier-ignore
const STATEMENTS = [
  statementOf(1, 'ann', [essay]),
  statementOf(2, 'ann', [essay, certificate]),
  statementOf(3, 'bob', [certificate]),
  statementOf(4, 'bob', [{ ...essay, sha2: 'f'.repeat(64), fileUrl: 'https://files.example/essay' }]),
];

/** What each statement is answered with when its attachments are asked for: the statement but for its times, and the parts after it. */
const answered = (records: Records): Promise<readonly (readonly [object, string])[]> =>
  Promise.all(
    STATEMENTS.map(async ({ id }) => {
      const reply = await records.ask({ url: `/xapi/statements?statementId=${id}&attachments=true` });
      const [, boundary] = /boundary=(.+)$/.exec(String(reply.headers['content-type']))!;
      const [, first, ...parts] = reply.rawPayload.toString('latin1').split(`--${boundary!}`);
      const { stored: _stored, timestamp: _timestamp, ...statement } = JSON.parse(first!.split('\r\n\r\n')[1]!) as Record<string, unknown>;
      return [statement, parts.join()] as const;
    }),
  );

let records: Records;
let folder: string;
beforeAll(async () => {
  [records, folder] = await Promise.all([openTestRecords(), mkdtemp(path.join(tmpdir(), 'pharos-contents-'))]);
  for (const statement of STATEMENTS) {
    const parts = [ESSAY, CERTIFICATE]
      .map((bytes) => ({ bytes, sha2: hash('sha256', bytes, 'hex') }))
      .filter(({ sha2 }) => JSON.stringify(statement).includes(sha2))
      .map((part) => ({ ...part, contentType: part.bytes === ESSAY ? 'text/plain' : 'application/pdf' }));
    const { contentType, body } = multipartBody(JSON.stringify(statement), parts);
    const reply = await records.ask({ method: 'POST', url: '/xapi/statements', headers: { 'content-type': contentType }, payload: body });
    expect([reply.statusCode, reply.payload]).toEqual([200, expect.anything()]);
  }
}, 60_000);
afterAll(async () => {
  await Promise.all([records.dispose(), rm(folder, { recursive: true, force: true })]);
});

interface Line {
  readonly id?: string;
  readonly content?: { readonly sha2: string; readonly contentType: string; readonly base64: string };
}
const linesOf = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
const shapeOf = (lines: readonly Line[]) => lines.map(({ id, content }) => content?.sha2 ?? id);
const url = '/xapi/extensions/statements?attachments=true';
const plain = { 'accept-encoding': 'identity' };

describe('an export with contents of attachments', () => {
  it('has each once for its learner, before the first statement that names it; without being asked it has none', async () => {
    const whole = linesOf((await records.ask({ url, headers: plain })).payload);
    expect(shapeOf(whole)).toEqual([essay.sha2, uuid(1), certificate.sha2, uuid(2), certificate.sha2, uuid(3), uuid(4)]);
    expect(Buffer.from(whole[2]!.content!.base64, 'base64')).toEqual(CERTIFICATE);
    expect(shapeOf(linesOf((await records.ask({ url: '/xapi/extensions/statements', headers: plain })).payload))).toEqual(
      [1, 2, 3, 4].map(uuid),
    );
  });

  it('goes on page by page, and each page stands for itself', async () => {
    const found: (string | undefined)[] = [];
    for (let next: string | undefined = `${url}&limit=1`; next !== undefined;) {
      const page: Awaited<ReturnType<Records['ask']>> = await records.ask({ url: next, headers: plain });
      found.push(...shapeOf(linesOf(page.payload)));
      next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
    }
    expect(found).toEqual([essay.sha2, uuid(1), essay.sha2, certificate.sha2, uuid(2), certificate.sha2, uuid(3), uuid(4)]);
  });

  it('shows them to those only who may see what people wrote', async () => {
    const lines = linesOf((await records.ask({ url, headers: plain }, 'reader')).payload);
    expect(lines.filter(({ content }) => content !== undefined)).toEqual([]);
    expect((await records.ask({ url: `${url}x` })).statusCode).toBe(400);
  });

  it('imported into an empty store, answers with the same attachments; a content that is broken or of nobody is a letter', async () => {
    const file = path.join(folder, 'with.ndjson.gz');
    const door = { ...records.door };
    const { attachments } = records.store;
    await exportFile({ door, tenant: 't', file, by: 'test', withIdentities: false, attachments });
    expect(shapeOf(linesOf(gunzipSync(await readFile(file)).toString()))).toEqual([1, 2, 3, 4].map(uuid));
    await rm(file);
    await exportFile({ door, tenant: 't', file, by: 'test', withIdentities: true, attachments });
    const before = await answered(records);
    expect(before[1]![1]).toContain(CERTIFICATE.toString('latin1'));
    await records.dispose();

    records = await openTestRecords();
    const sender = { credential: 'import', scopes: ['statements/write', 'authority/write'] };
    const imported = (from: string) => importXapi({ file: from, tenant: 't', door: records.door, sender, inOrder: true });
    expect(await imported(file)).toEqual({ appended: 4, known: 0, deadLetters: 0 });
    expect(await answered(records)).toEqual(before);
    expect(await imported(file)).toEqual({ appended: 0, known: 4, deadLetters: 0 });

    const content = (bytes: Buffer, sha2: string) =>
      JSON.stringify({ content: { sha2, contentType: 'text/plain', base64: bytes.toString('base64') } });
    const other = path.join(folder, 'other.ndjson');
    const last = JSON.stringify({ ...statementOf(9, 'ann', [essay]), attachments: [{ ...essay, contentType: 'image/png' }] });
    const lines = [
      content(ESSAY, certificate.sha2),
      content(ESSAY, essay.sha2),
      JSON.stringify(statementOf(8, 'cy', [])),
      content(ESSAY, essay.sha2),
      last,
    ];
    await writeFile(other, `${lines.join('\n')}\n`);
    // Another hash than its bytes have, no statement that names it, and a statement that says another type.
    expect(await imported(other)).toEqual({ appended: 1, known: 0, deadLetters: 3 });
  });
});
