import { describe, expect, it } from '@jest/globals';
import { interestChoices, likedOf, wishesOf } from './learner-wishes.js';

const DAY = 86_400_000;
const now = 100 * DAY;

describe('what a learner says', () => {
  it('counts for two weeks, later words most, and never without bound', () => {
    const word = (say: 'too-hard' | 'too-easy', daysAgo: number) => ({ say, skill: 'add', at: now - daysAgo * DAY });
    expect(wishesOf([word('too-hard', 1)], now).get('add')).toBe(-0.6);
    expect(wishesOf([word('too-hard', 15)], now).size).toBe(0);
    expect(wishesOf([word('too-easy', 0), word('too-hard', 1)], now).get('add')).toBeCloseTo(0.3, 12);
    expect(wishesOf(Array.from({ length: 50 }, () => word('too-hard', 1)), now).get('add')).toBeGreaterThanOrEqual(-1.2);
    expect(wishesOf([{ ...word('too-hard', 0), at: now + 1 }], now).size).toBe(0);
  });
  it('names subjects and topics, and likes skills and items of them', () => {
    const shelf = {
      skills: [{ skill: 'add', subject: 'Mathematics', title: { en: 'Adding' }, prerequisites: [] }],
      items: [{ item: 'https://x.example/1', skill: 'read', topics: ['animals'] }],
    } as unknown as Parameters<typeof likedOf>[1];
    expect(interestChoices(shelf)).toEqual(['Mathematics', 'animals']);
    expect([...likedOf(['animals', 'Mathematics'], shelf)]).toEqual(['add', 'https://x.example/1']);
    expect(likedOf([], shelf).size).toBe(0);
  });
}); // prettier-ignore
