import 'fake-indexeddb/auto';
import { describe, expect, it } from '@jest/globals';
import { keep, type KeptAnswer, keptOf, sendKept } from './kept-answers.js';

const answer = (id: string, at: string): KeptAnswer => ({ id, item: 'i', response: '7', hints: 0, seconds: 3, locale: 'en', at });

describe('answers kept without a connection', () => {
  it('are sent oldest first, leave once they are taken or never can be, and stay while they are refused', async () => {
    await keep('ana', answer('2', '2026-03-02T10:00:00.000Z'));
    await keep('ana', answer('1', '2026-03-01T10:00:00.000Z'));
    await keep('ana', answer('3', '2026-03-03T10:00:00.000Z'));
    await keep('ben', answer('4', '2026-03-01T10:00:00.000Z'));
    const sent: string[][] = [];
    const taken = await sendKept('ana', (answers) => {
      sent.push(answers.map(({ id }) => id));
      return Promise.resolve([{ id: '1', kept: true, because: null }, { id: '2', kept: false, because: 'unknown-item' }, { id: '3', kept: false, because: 'refused' }]);
    });
    expect([taken, sent]).toEqual([1, [['1', '2', '3']]]);
    expect((await keptOf('ana')).map(({ id }) => id)).toEqual(['3']);
    expect((await keptOf('ben')).map(({ id }) => id)).toEqual(['4']);
  });
  it('stay when nobody answers', async () => {
    await expect(sendKept('ben', () => Promise.reject(new TypeError('offline')))).rejects.toThrow('offline');
    expect(await keptOf('ben')).toHaveLength(1);
  });
}); // prettier-ignore
