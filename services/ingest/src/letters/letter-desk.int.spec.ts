import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FactNamed } from '@pharos/facts';
import { type SettledLetter } from '@pharos/registry';
import { openWarehouse, type Warehouse } from '@pharos/warehouse';
import { deadLetter } from '../door/dead-letters.js';
import { acceptLeniently } from '../door/lenient.js';
import { openTestDoor, platform } from '../testing/open-door.js';
import { LetterDesk } from './letter-desk.js';

const good = {
  actor: { mbox: 'mailto:ann.lee@example.org' },
  verb: { id: 'http://example.org/did' },
  object: { id: 'http://example.org/it' },
};
const { verb: _verb, ...bad } = good;

let folder: string;
let warehouse: Warehouse;
let opened: Awaited<ReturnType<typeof openTestDoor>>;
let desk: LetterDesk;
const settled = new Map<string, SettledLetter>();

/** Folds the dead letters as the projector does, so that they can be asked for. */
async function fold(): Promise<void> {
  const letters = (await opened.facts()).filter(({ type }) => type === 'DeadLettered') as unknown as FactNamed<'DeadLettered'>[];
  const rows = letters.map(({ tenant, id, occurredAt, data: { sealed, ...data } }, offset) => ({
    tenant, id, occurred_at: occurredAt, known_at: occurredAt, recorded_at: occurredAt, log_partition: 0, log_offset: offset, ...data, sealed: Number(sealed),
  })); // prettier-ignore
  await warehouse.writer.insert('dead_letters', rows);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pharos-letters-'));
  warehouse = await openWarehouse({ path: path.join(folder, 'warehouse') });
  opened = await openTestDoor();
  const settledLetters = {
    settle: (letter: Omit<SettledLetter, 'settledAt'>) => {
      if (settled.has(letter.letter)) return Promise.resolve(false);
      settled.set(letter.letter, { ...letter, settledAt: new Date(0) });
      return Promise.resolve(true);
    },
    among: () => Promise.resolve(settled),
    count: () => Promise.resolve(settled.size),
  };
  desk = new LetterDesk({ door: opened.door, warehouse, registry: { tenant: () => ({ settledLetters }) as never } });
});
afterAll(async () => {
  await warehouse.close();
  await opened.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('a lenient batch', () => {
  it('has its good statements stored, and the bad ones set aside, sealed and once', async () => {
    const batch = { tenant: 't', sender: platform, version: '2.0.0', statements: [bad, good, { ...bad, object: 7 }, null] } as const;
    const first = await acceptLeniently(opened.door, batch);
    if (!first.ok) throw new Error(first.refused.detail);
    expect([first.stored.length, first.setAside.map(({ index }) => index)]).toEqual([1, [0, 2, 3]]);
    expect(first.setAside[0]?.errors).toEqual([{ path: 'verb', message: 'is required' }]);
    const again = await acceptLeniently(opened.door, { ...batch, statements: [bad] });
    expect(again).toMatchObject({ ok: true, stored: [], setAside: [{ index: 0, letter: first.setAside[0]?.letter }] });
    const facts = await opened.facts();
    expect(facts.filter(({ type }) => type === 'DeadLettered')).toHaveLength(3);
    expect(JSON.stringify(facts)).not.toContain('ann.lee');
  });

  it('is refused whole where the sender may not send', async () => {
    const refused = await acceptLeniently(opened.door, {
      tenant: 't',
      sender: { credential: 'x', scopes: [] },
      version: '1.0.3',
      statements: [bad],
    });
    expect(refused).toMatchObject({ ok: false, refused: { status: 403 } });
  });
});

describe('the desk', () => {
  const letterOf = async (reason: string) => {
    await fold();
    const facts = (await opened.facts()).filter(({ type }) => type === 'DeadLettered') as unknown as FactNamed<'DeadLettered'>[];
    return facts.find(({ data }) => data.reason.startsWith(reason))!.id;
  };

  it('opens a letter, says what is still wrong, and sends it again repaired, in its sender’s name, once', async () => {
    const letter = await letterOf('verb is required');
    const [open] = await desk.open('t', [letter]);
    expect(open).toMatchObject({ resendable: true, letter: { source: 'door', place: 'lms@2.0.0' } });
    expect(JSON.parse(open!.text)).toEqual(bad);
    expect(await desk.open('u', [letter])).toEqual([]);
    expect(await desk.resend('t', 'admin', [{ letter }])).toMatchObject([{ ok: false, errors: [{ path: 'verb' }] }]);
    expect(await desk.resend('t', 'admin', [{ letter, repaired: '{' }])).toMatchObject([
      { ok: false, reason: expect.stringContaining('not JSON') },
    ]);
    const [resent] = await desk.resend('t', 'admin', [{ letter, repaired: JSON.stringify(good) }]);
    expect(resent).toMatchObject({ ok: true, statements: [expect.any(String)] });
    expect(settled.get(letter)).toMatchObject({ how: 'repaired', by: 'admin' });
    const stored = (await opened.facts()).filter(({ type }) => type === 'StatementRecorded');
    expect(stored.at(-1)).toMatchObject({ data: { credential: 'lms', xapi: '2.0.0' } });
    expect(await desk.resend('t', 'admin', [{ letter, repaired: JSON.stringify(good) }])).toMatchObject([{ ok: false }]);
    expect((await opened.facts()).filter(({ type }) => type === 'StatementRecorded')).toHaveLength(stored.length);
  });

  it('sends what a file held in the version that it says itself', async () => {
    const contextAgents = [
      { objectType: 'contextAgent', agent: { mbox: 'mailto:bo@example.org' }, relevantTypes: ['http://example.org/tutor'] },
    ];
    const [letter] = await deadLetter(opened.door, 't', [
      {
        source: 'import xapi',
        place: 'f.ndjson:1',
        step: 'validate',
        reason: 'of a file',
        bytes: JSON.stringify({ ...bad, version: '2.0.0' }),
      },
    ]);
    await fold();
    const repaired = JSON.stringify({ ...good, version: '2.0.0', context: { contextAgents } });
    expect(await desk.resend('t', 'admin', [{ letter: letter!, repaired }])).toMatchObject([{ ok: true }]);
  });

  it('puts a letter away once', async () => {
    const letter = await letterOf('statement');
    expect([await desk.dismiss('t', 'admin', [letter]), await desk.dismiss('t', 'admin', [letter, 'nothing'])]).toEqual([1, 0]);
  });
});
