import { describe, expect, it } from '@jest/globals';
import { type PracticeItem } from '@pharos/contract';
import { feedbackOn, hintAfter } from './grade-answer.js';

const item: PracticeItem = {
  item: 'https://practice.example/sum',
  skill: 'add',
  difficulty: 0,
  question: { en: '27 + 15 = ?' },
  key: { kind: 'number', value: 42 },
  hints: [{ en: 'Add the ones first.', es: 'Suma primero las unidades.' }, { en: '7 and 5 make a new ten.' }],
  misconceptions: [{ id: 'no-carry', answers: ['32'], say: { en: 'The new ten was left out.' } }],
  tell: true,
};
const say = (response: string, hints = 0, change: Partial<PracticeItem> = {}) =>
  feedbackOn({ ...item, ...change }, { item: item.item, response, hints }, 'en');

describe('what is said to an answer', () => {
  it('names a known mistake and gives the next hint, in the language asked for', () => {
    expect(say('32')).toMatchObject({ verdict: 'wrong', misconception: { id: 'no-carry' }, hint: { number: 1, of: 2, say: 'Add the ones first.' } });
    expect(feedbackOn(item, { item: item.item, response: '1', hints: 0 }, 'es').hint?.say).toBe('Suma primero las unidades.');
    expect(hintAfter(item, 2, 'en')).toBeNull();
  }); // prettier-ignore
  it('never tells the answer while a hint is left, nor where the item does not allow it', () => {
    for (const hints of [0, 1]) expect(JSON.stringify(say('7', hints))).not.toContain('42');
    expect(say('7', 2).expected).toBe('42');
    expect(JSON.stringify(say('7', 2, { tell: false }))).not.toContain('42');
  });
  it('gives no verdict where it cannot be sure', () => {
    expect(say('forty-two')).toMatchObject({ verdict: 'unsure', share: null, expected: null });
    expect(feedbackOn(undefined, { item: 'x', response: '1', hints: 0 }, 'en').verdict).toBe('unknown-item');
  });
  it('grades a choice', () => {
    const choice = { key: { kind: 'choice', right: 'b' }, choices: [{ id: 'a', text: 'A' }, { id: 'b', text: 'B' }] } as const; // prettier-ignore
    expect(say('b', 0, choice as never)).toMatchObject({ verdict: 'right', expected: 'B' });
    expect(say('a', 0, choice as never)).toMatchObject({ verdict: 'wrong', share: 0 });
  });
  it.each([
    ['true-false', ['true'], 'true', 'right'],
    ['choice', ['a[,]b'], 'b[,]a', 'right'],
    ['choice', ['a[,]b'], 'a', 'partly'],
    ['fill-in', ['Nile'], 'nile', 'right'],
    ['fill-in', ['{case_matters=true}Nile'], 'nile', 'wrong'],
    ['long-fill-in', ['To be or not to be'], 'to be or not to be', 'right'],
    ['matching', ['1[.]a[,]2[.]b'], '2[.]b[,]1[.]a', 'right'],
    ['performance', ['pong[.]1[:]10[,]dg[.]:10'], 'pong[.]5[,]dg[.]7', 'right'],
    ['sequencing', ['a[,]b[,]c'], 'a[,]c[,]b', 'wrong'],
    ['likert', ['likert_3'], 'likert_3', 'right'],
    ['numeric', ['4[:]6'], '5', 'right'],
    ['numeric', ['4[:]6'], 'five', 'unsure'],
    ['other', ['(35.9,-86.4)'], 'there', 'unsure'],
  ] as const)('grades %s %j: %s is %s', (type, patterns, response, verdict) => {
    expect(say(response, 0, { key: { kind: 'interaction', type, patterns: [...patterns] } }).verdict).toBe(verdict);
  });
});
