import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importer, openTestDoor } from '../testing/open-door.js';
import { smallOulad } from '../testing/small-oulad.js';
import { importOulad } from './import-oulad.js';
import { threadInSource } from '../testing/thread-in-source.js';
import { UnreadableTable } from './read-table.js';

const thread = threadInSource(path.join(import.meta.dirname, 'statements-thread.ts'));

let opened: Awaited<ReturnType<typeof openTestDoor>>;
let source: Awaited<ReturnType<typeof smallOulad>>;
beforeEach(async () => {
  [opened, source] = await Promise.all([openTestDoor(), smallOulad()]);
});
afterEach(async () => {
  await Promise.all([opened.dispose(), source.dispose()]);
});

const run = (more: { readonly thread?: typeof thread } = {}) =>
  importOulad({ dir: source.dir, tenant: 'ou', door: opened.door, sender: importer, ...more });

describe('statements imported in a thread of their own', () => {
  it('are the same as without: the other way round there is nothing left to add', async () => {
    const apart = await run({ thread });
    expect(apart).toMatchObject({ known: 0, deadLetters: 2 });
    expect(await opened.facts()).toHaveLength(apart.appended + apart.deadLetters);
    expect(await run()).toMatchObject({ appended: 0, known: apart.appended });
    expect(await run({ thread })).toMatchObject({ appended: 0, known: apart.appended });
    expect(await opened.facts()).toHaveLength(apart.appended + apart.deadLetters);
  });

  it('stop the import with the reason that stopped them', async () => {
    await rm(path.join(source.dir, 'studentVle.csv'));
    await expect(run({ thread })).rejects.toThrow(UnreadableTable);
  });
});
