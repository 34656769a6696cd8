import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readStatement } from '../door/read-statement.js';
import { importer, openTestDoor, platform } from '../testing/open-door.js';
import { importXapi } from './import-xapi.js';
import { jsonItems } from './json-items.js';

const sharedData = process.env.PHAROS_SHARED_DATA ?? path.resolve(import.meta.dirname, '../../../../../shared/data');
const funMooc = path.join(sharedData, 'xapi/fun-mooc-video-statements.ndjson.gz');
const itWithFunMooc = existsSync(funMooc) ? it : it.skip;

const statement = (n: number) => ({
  id: `0a000000-0000-4000-8000-00000000000${n}`,
  actor: { mbox: `mailto:learner${n}@example.org` },
  verb: { id: 'http://adlnet.gov/expapi/verbs/experienced' },
  object: { id: 'https://lms.example/pages/1' },
  timestamp: '2025-03-01T10:00:00Z',
});

let opened: Awaited<ReturnType<typeof openTestDoor>>;
let dir: string;
beforeEach(async () => {
  [opened, dir] = await Promise.all([openTestDoor(), mkdtemp(path.join(tmpdir(), 'pharos-xapi-'))]);
});
afterEach(async () => {
  await Promise.all([opened.dispose(), rm(dir, { recursive: true, force: true })]);
});

async function run(name: string, content: string | Buffer, more: { readonly history?: boolean } = {}) {
  const file = path.join(dir, name);
  await writeFile(file, content);
  return importXapi({ file, tenant: 't', door: opened.door, sender: more.history ? importer : platform, ...more });
}

describe('import xapi', () => {
  it.each([
    ['lines', 'a.ndjson', [1, 2, 3].map((n) => JSON.stringify(statement(n))).join('\n')],
    ['an array on one line', 'a.json', JSON.stringify([1, 2, 3].map(statement))],
    ['an array on many lines', 'a.json', JSON.stringify([1, 2, 3].map(statement), null, 2)],
  ])('takes %s, and adds nothing the second time', async (_, name, text) => {
    expect(await run(name, text)).toEqual({ appended: 3, known: 0, deadLetters: 0 });
    expect(await run(`${name}.gz`, gzipSync(text))).toEqual({ appended: 0, known: 3, deadLetters: 0 });
  });

  it('gives a statement without an id the same one each time; two alike in one file are two', async () => {
    const { id: _, ...nameless } = statement(1);
    const line = JSON.stringify(nameless);
    expect(await run('a.ndjson', `${line}\n${line}`)).toEqual({ appended: 2, known: 0, deadLetters: 0 });
    expect(await run('a.ndjson.gz', gzipSync(`${line}\n${line}\n${line}`))).toEqual({ appended: 1, known: 2, deadLetters: 0 });
    expect(await run('b.ndjson', line)).toEqual({ appended: 1, known: 0, deadLetters: 0 });
  });

  it('keeps what it cannot take, sealed, with line and reason, and takes the rest', async () => {
    const bad = { ...statement(2), verb: { id: 'no iri' } };
    const clash = { ...statement(1), object: { id: 'https://lms.example/pages/2' } };
    const lines = [JSON.stringify(statement(1)), JSON.stringify(bad), '{"actor": ann', '', JSON.stringify(statement(3))].join('\n');
    expect(await run('a.ndjson', lines)).toEqual({ appended: 2, known: 0, deadLetters: 2 });
    expect(await run('b.ndjson', JSON.stringify(clash))).toEqual({ appended: 0, known: 0, deadLetters: 1 });
    const letters = (await opened.facts()).filter(({ type }) => type === 'DeadLettered').map(({ data }) => data as Record<string, string>);
    expect(letters.map(({ place, step }) => [place, step]).sort()).toEqual([
      ['a.ndjson:2', 'validate'],
      ['a.ndjson:3', 'parse'],
      ['b.ndjson:1', 'claim'],
    ]);
    expect(letters.find(({ place }) => place === 'a.ndjson:2')?.reason).toMatch(/^verb\.id /);
    expect(JSON.stringify(await opened.facts())).not.toContain('ann');
  });

  it('keeps numbers that a double does not hold as they were written, and refuses a key that comes twice', async () => {
    const long = JSON.stringify({ ...statement(1), result: { score: { raw: 1 } } }).replace('"raw":1', '"raw":12345678901234567890');
    const twice = JSON.stringify(statement(2)).replace('"verb"', '"timestamp":"2025-03-01T11:00:00Z","verb"');
    expect(await run('a.ndjson', `${long}\n${twice}`)).toEqual({ appended: 1, known: 0, deadLetters: 1 });
    const { door } = opened;
    const read = await readStatement(door, 't', statement(1).id, { withIdentities: () => true, mayRead: () => true, which: 'standing' });
    expect(JSON.stringify(read?.statement)).toContain('"raw":12345678901234567890');
  });

  it('dates history by its own timestamps where that is asked for', async () => {
    await run('a.ndjson', JSON.stringify(statement(1)), { history: true });
    expect(await opened.facts()).toMatchObject([{ knownAt: '2025-03-01T10:00:00.000Z', recordedAt: '2026-01-01T00:00:00.000Z' }]);
  });

  itWithFunMooc('takes every one of the 22,000 statements of FUN-MOOC (needs ../shared/data or PHAROS_SHARED_DATA)', async () => {
    expect(await importXapi({ file: funMooc, tenant: 't', door: opened.door, sender: platform })).toEqual({
      appended: 22_000,
      known: 0,
      deadLetters: 0,
    });
  });
});

describe('the items of a file', () => {
  it('are the same however they are written', async () => {
    const values = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(0, 1, 4), async (items, indent) => {
        const written = JSON.stringify(items, null, indent);
        const read: unknown[] = [];
        for await (const { text } of jsonItems(linesOf(written))) read.push(JSON.parse(text));
        expect(read).toEqual(JSON.parse(written));
      }),
    );
  });
});

async function* linesOf(text: string): AsyncGenerator<string> {
  await Promise.resolve();
  yield* text.split('\n');
}
