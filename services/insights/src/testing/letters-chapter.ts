import { beforeAll, describe, expect, it } from '@jest/globals';
import { type SignedIn, type World } from './world.js';

/** Dead letters as an integrator works through them. */
export function lettersChapter(world: () => World): void {
  describe('a dead letter', () => {
    let admin: SignedIn;
    beforeAll(async () => {
      admin = await world().signIn('north', 'admin');
    });
    const replay = (body: object) => world().ask('POST', '/dead-letters/north-d1/replay', { as: admin, body });

    it('is opened, and the opening recorded without saying what it holds', async () => {
      const opened = await world().ask('GET', '/dead-letters/north-d1', { as: admin });
      expect(opened.body).toMatchObject({
        text: '{"actor":{"name":"Quill"}}',
        resendable: true,
        letter: { reason: 'verb is required', settled: null },
      });
      const reads = (await world().facts('IdentityRead')).map(({ data }) => data);
      expect(reads).toContainEqual(expect.objectContaining({ why: 'dead letter north-d1', whom: [] }));
      expect(JSON.stringify(reads)).not.toContain('Quill');
    });

    it('says what is still wrong, and is settled once it was repaired', async () => {
      expect((await replay({})).body).toMatchObject({ items: [{ ok: false, errors: [{ path: 'verb', message: 'is required' }] }] });
      expect((await replay({ statement: '{"verb":{}}' })).body).toMatchObject({ items: [{ ok: true, statements: ['s1'] }] });
      const opened = await world().ask('GET', '/dead-letters/north-d1', { as: admin });
      expect(opened.body).toMatchObject({ letter: { settled: { how: 'repaired', statements: ['s1'] } } });
    });
  });
}
