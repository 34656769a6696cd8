import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { lintFile } from './lint-file.js';

const good = { id: '8f87ccde-bb56-4c2e-ab83-44982ef22df0', actor: { mbox: 'mailto:a@b.c' }, verb: { id: 'http://e.org/did', display: { en: 'did' } }, object: { objectType: 'Activity', id: 'http://e.org/1' } }; // prettier-ignore

it('counts what is refused and what could be better, with the line of the first, and repeats nothing that a statement says', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'pharos-lint-'));
  const file = path.join(folder, 'a.ndjson');
  const bad = { ...good, actor: { mbox: 'ann.lee@example.org' } };
  const plain = { ...good, verb: { id: 'http://e.org/did' } };
  const nested = (n: number) => ({
    ...good,
    context: { contextActivities: { other: Array.from({ length: n }, () => ({ id: 'no iri' })) } },
  });
  await writeFile(
    file,
    [good, plain, bad, plain, '{', nested(2)].map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'),
  );
  const report = await lintFile(file, '1.0.3');
  await rm(folder, { recursive: true, force: true });
  expect(report).toMatchObject({ statements: 6, refused: 3 });
  expect(report.findings.map(({ kind, path: at, count, line }) => [kind, at, count, line])).toEqual([
    ['refused', 'context.contextActivities.other[].id', 2, 6],
    ['refused', 'actor.mbox', 1, 3],
    ['refused', '', 1, 5],
    ['advice', 'verb.display', 2, 2],
  ]);
  expect(JSON.stringify(report)).not.toContain('ann.lee');
});
