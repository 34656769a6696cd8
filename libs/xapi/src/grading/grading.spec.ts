import { describe, expect, it } from '@jest/globals';
import { type InteractionType } from '../statement.js';
import { gradeInteraction } from './grading.js';

type Row = readonly [type: InteractionType, patterns: readonly string[], response: string, correct: boolean];

// The formats and several of the values are those of xAPI 1.0.3, part two, 2.4.4.1 and appendix C.
const TABLE: readonly Row[] = [
  ['true-false', ['true'], 'true', true],
  ['true-false', ['true'], 'false', false],
  ['choice', ['golf[,]tetris'], 'tetris[,]golf', true],
  ['choice', ['golf[,]tetris'], 'golf', false],
  ['choice', ['golf[,]tetris'], 'golf[,]tetris[,]chess', false],
  ['choice', ['golf'], '', false],
  ['choice', ['foo[,]bar', 'foo'], 'foo', true],
  ['choice', ['foo[,]bar', 'foo'], 'bar', false],
  ['choice', [], 'foo', false],
  ['fill-in', ["Bob's your uncle"], "bob's YOUR uncle", true],
  ['fill-in', ["{case_matters=true}Bob's your uncle"], "bob's your uncle", false],
  ['fill-in', ['{case_matters=false}{lang=en}Paris'], 'paris', true],
  ['fill-in', ['{lang=en}chat'], '{lang=fr}chat', false],
  ['fill-in', ['{lang=en}chat'], '{lang=en-GB}chat', true],
  ['fill-in', ['red[,]green'], 'green[,]red', false],
  ['fill-in', ['{order_matters=false}red[,]green'], 'green[,]RED', true],
  ['fill-in', ['{order_matters=false}{case_matters=true}red[,]green'], 'green[,]RED', false],
  ['fill-in', ['{order_matters=false}red[,]red'], 'red[,]green', false],
  ['fill-in', ['{lang=en}{case_matters=true}Paris'], 'paris', false],
  ['fill-in', ['{wrong}x'], '{wrong}x', true],
  ['fill-in', ['caf\u00e9'], 'cafe\u0301', true],
  [
    'long-fill-in',
    ['{case_matters=false}{lang=en}To store and provide access to learning experiences.'],
    '{lang=en}to store and provide access to learning experiences.',
    true,
  ],
  ['long-fill-in', ['one', 'two'], 'two', true],
  ['likert', ['likert_3'], 'likert_3', true],
  ['likert', ['likert_3', 'likert_2'], 'likert_2', true],
  ['likert', ['likert_3'], 'likert_1', false],
  ['matching', ['ben[.]3[,]chris[.]2[,]troy[.]4'], 'troy[.]4[,]ben[.]3[,]chris[.]2', true],
  ['matching', ['ben[.]3[,]chris[.]2'], 'ben[.]2[,]chris[.]3', false],
  ['performance', ['pong[.]1:[,]dg[.]10[,]lunch[.]'], 'pong[.]1:[,]dg[.]10[,]lunch[.]', true],
  ['performance', ['dg[.][:]10[,]lunch[.]fish'], 'dg[.]7[,]lunch[.]Fish', true],
  ['performance', ['dg[.][:]10'], 'dg[.]11', false],
  ['performance', ['pong[.]1:[,]dg[.]:10[,]lunch[.]'], 'pong[.]3[,]dg[.]9[,]lunch[.]', true],
  ['performance', ['pong[.]1:[,]dg[.]:10[,]lunch[.]'], 'pong[.]0[,]dg[.]9[,]lunch[.]', false],
  ['performance', ['dg[.][:]10'], 'dg[.]ten', false],
  ['performance', ['a[.]1[,]b[.]2'], 'b[.]2[,]a[.]1', false],
  ['performance', ['{order_matters=false}a[.]1[,]b[.]2'], 'b[.]2[,]a[.]1', true],
  ['performance', ['lunch[.]{lang=en}fish'], 'lunch[.]{lang=fr}fish', false],
  ['sequencing', ['tim[,]mike[,]ells[,]ben'], 'tim[,]mike[,]ells[,]ben', true],
  ['sequencing', ['tim[,]mike[,]ells[,]ben'], 'mike[,]tim[,]ells[,]ben', false],
  ['numeric', ['4[:]'], '4', true],
  ['numeric', ['4[:]'], '3.99', false],
  ['numeric', ['[:]4'], '-100', true],
  ['numeric', ['1[:]4'], '4', true],
  ['numeric', ['1[:]4'], '2[:]3', true],
  ['numeric', ['1[:]4'], '2[:]5', false],
  ['numeric', ['5'], '5.0', true],
  ['numeric', ['5', '7[:]8'], '7.5', true],
  ['other', ['(35.937432,-86.868896)'], '(35.937432,-86.868896)', true],
  ['other', [], 'anything', false],
];

describe('grading an interaction', () => {
  it.each(TABLE)('%s %j: %j is correct: %s', (interactionType, correctResponsesPattern, response, correct) => {
    expect(gradeInteraction({ interactionType, correctResponsesPattern }, response)).toMatchObject({ correct });
  });

  const SHARES: readonly (readonly [type: InteractionType, pattern: string, response: string, share: number])[] = [
    ['choice', 'a[,]b', 'a', 1 / 2],
    ['choice', 'a[,]b', 'a[,]c', 0],
    ['choice', 'a[,]b', 'a[,]b[,]c', 1 / 2],
    ['choice', 'a[,]b', 'a[,]b[,]c[,]d[,]e', 0],
    ['matching', 'ben[.]3[,]chris[.]2', 'ben[.]3[,]chris[.]1', 1 / 2],
    ['matching', 'ben[.]3', 'ben[.]3[,]ben[.]2[,]ben[.]1', 1 / 3],
    ['sequencing', 'a[,]b[,]c', 'c[,]a[,]b', 1 / 2],
    ['sequencing', 'a[,]b[,]c', 'c[,]b[,]a', 0],
    ['sequencing', 'a[,]b', 'a[,]b[,]c', 1 / 2],
    ['fill-in', 'red[,]green', 'red[,]blue', 1 / 2],
    ['fill-in', 'red', 'red[,]blue', 1 / 2],
    ['performance', 'a[.]1[,]b[.]2[,]c[.]3[,]d[.]4', 'a[.]1[,]b[.]2[,]c[.]3[,]d[.]5', 3 / 4],
    ['numeric', '5', '4', 0],
    ['true-false', 'true', 'false', 0],
  ];

  it.each(SHARES)('%s %s: of %s the share is %d', (interactionType, pattern, response, share) => {
    expect(gradeInteraction({ interactionType, correctResponsesPattern: [pattern] }, response)).toEqual({ correct: false, share });
  });

  it('gives the share of the best of several patterns', () => {
    const definition = { interactionType: 'choice', correctResponsesPattern: ['a[,]b[,]c', 'a[,]d'] } as const;
    expect(gradeInteraction(definition, 'a')).toEqual({ correct: false, share: 1 / 2 });
  });

  it.each<readonly [InteractionType, string, string]>([
    ['true-false', 'true', 'TRUE'],
    ['numeric', '5', 'five'],
    ['numeric', '0[:]1', ''],
    ['matching', 'ben[.]3', 'ben'],
    ['performance', 'a[.]1', 'a'],
  ])('%s %s: %j is reported as unreadable, not as wrong', (interactionType, pattern, response) => {
    const grade = gradeInteraction({ interactionType, correctResponsesPattern: [pattern] }, response);
    expect(grade).toEqual({ ungradable: 'response cannot be read' });
  });

  it('says why it cannot grade', () => {
    expect(gradeInteraction({}, 'a')).toEqual({ ungradable: 'no interaction' });
    expect(gradeInteraction({ interactionType: 'choice' }, 'a')).toEqual({ ungradable: 'no correct response is stated' });
    expect(gradeInteraction({ interactionType: 'numeric', correctResponsesPattern: ['many'] }, '5')).toEqual({
      ungradable: 'pattern cannot be read',
    });
    expect(gradeInteraction({ interactionType: 'true-false', correctResponsesPattern: ['yes'] }, 'true')).toEqual({
      ungradable: 'pattern cannot be read',
    });
    expect(gradeInteraction({ interactionType: 'other', correctResponsesPattern: ['(1,2)'] }, '(1, 2)')).toEqual({
      ungradable: 'free format',
    });
  });
});
