import { describe, expect, it } from '@jest/globals';
import { fairPracticeView, type PracticeReport } from './fair-practice-view.js';

const gap = (value: number) => ({ gap: value, low: value - 0.01, high: value + 0.01, steered: Math.abs(value) > 0.05 });
const group = (name: string, learners: number): PracticeReport['groups'][number] => ({
  group: name,
  reference: 'most',
  learners,
  compared: 12,
  items: [{ item: 'https://items/1', delta: -1.8, verdict: 'C' }],
  offered: { ease: gap(-0.08), fresh: gap(0.01) },
});
const view = (groups: PracticeReport['groups'], minimum = 10) =>
  fairPracticeView({ asOf: '2026-03-01T00:00:00.000Z', report: [{ attribute: 'home', groups }] }, minimum, (item) => ({
    en: `Q of ${item}`,
  })).attributes[0]!.groups;

describe('fair practice as it may be shown', () => {
  it('says what asks more of a group, and what it is offered, with people down to tens', () => {
    expect(view([group('a', 47), group('b', 120)])[0]).toEqual({
      group: 'a',
      reference: 'most',
      withheld: false,
      learners: 40,
      compared: 12,
      items: [{ item: 'https://items/1', question: { en: 'Q of https://items/1' }, asks: 'more', size: 'large', delta: -1.8 }],
      ease: gap(-0.08),
      fresh: gap(0.01),
    });
  });
  it('withholds a group under the minimum of today, and another with it where it would be the only one', () => {
    const shown = view([group('a', 47), group('b', 120), group('c', 31)], 40);
    expect(shown.map(({ group: name, withheld }) => [name, withheld])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
    expect(JSON.stringify(shown[2])).not.toMatch(/-1\.8|0\.08|31|30/);
  });
});
