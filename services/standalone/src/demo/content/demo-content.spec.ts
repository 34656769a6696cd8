import { describe, expect, it } from '@jest/globals';
import { PracticeContent, type PracticeItem } from '@pharos/contract';
import { markOpenAnswer, normalText, type OpenAnswerKey } from '@pharos/xapi/open-answers';
import { demoContent } from './demo-content.js';

const { skills, items } = demoContent();
const rightOf = ({ key }: PracticeItem): string =>
  key.kind === 'number'
    ? String(key.value)
    : key.kind === 'algebra'
      ? key.expression
      : key.kind === 'choice'
        ? key.right
        : key.kind === 'interaction'
          ? key.patterns[0]!
          : key.accept[0]!;
const isRight = (item: PracticeItem, response: string): boolean => {
  if (item.key.kind === 'choice') return response === item.key.right;
  const mark = markOpenAnswer(item.key as OpenAnswerKey, response);
  return mark.sure && mark.correct;
};

describe('what is practised in the demo', () => {
  it('is content as the contract wants it, with a ladder of hints for each of about two hundred items', () => {
    expect(PracticeContent.safeParse({ skills, items }).error).toBeUndefined();
    expect(items.length).toBeGreaterThanOrEqual(200);
    expect(new Set(items.map(({ item }) => item)).size).toBe(items.length);
    for (const item of items) expect([item.item, item.hints.length, item.misconceptions.length > 0]).toEqual([item.item, 2, true]);
  });
  it('asks nothing twice', () => {
    const asked = items.map(({ skill, text, question }) => JSON.stringify([skill, text, question.en]));
    expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([]);
  });
  it('says all of it in both languages', () => {
    const said = items.flatMap(({ question, hints, misconceptions }) => [question, ...hints, ...misconceptions.map(({ say }) => say)]);
    expect([...said, ...skills.map(({ title }) => title)].filter(({ es }) => es === undefined)).toEqual([]);
  });
  it('grades each right answer as right, and no known mistake', () => {
    for (const item of items) {
      expect([item.item, isRight(item, rightOf(item))]).toEqual([item.item, true]);
      for (const { answers } of item.misconceptions)
        for (const answer of answers) expect([item.item, answer, isRight(item, answer)]).toEqual([item.item, answer, false]);
      const told = item.misconceptions.flatMap(({ answers }) => answers.map(normalText));
      expect(new Set(told).size).toBe(told.length);
    }
  });
  it('gives away no answer of arithmetic in a hint or in what is said to a mistake', () => {
    for (const item of items.filter(({ key }) => key.kind === 'number')) {
      const said = [...item.hints, ...item.misconceptions.map(({ say }) => say)].map(({ en }) => en);
      const tells = said.filter((one) => new RegExp(`(?:is|=|makes) ${rightOf(item)}\\b`).test(one));
      expect([item.item, tells]).toEqual([item.item, []]);
    }
  });
  it('has prerequisites that exist and come before', () => {
    const before = new Set<string>();
    for (const { skill, prerequisites } of skills) {
      expect([skill, prerequisites.filter((one) => !before.has(one))]).toEqual([skill, []]);
      before.add(skill);
    }
  });
});
