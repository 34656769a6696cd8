import { describe, expect, it } from '@jest/globals';
import { type Cmi5Course, type MoveOn, moveOns } from '@pharos/registry';
import { isMet, satisfiedParts } from './satisfaction.js';

const unit = (name: string, moveOn: MoveOn = 'Passed') => ({ unit: `https://x/${name}`, moveOn });
const block = (name: string, ...parts: Cmi5Course['parts']) => ({ block: `https://x/${name}`, title: { en: name }, parts });
const course: Cmi5Course = {
  course: 'https://x/course',
  title: { en: 'Course' },
  parts: [block('outer', unit('a'), block('inner', unit('b'), unit('c'))), unit('d')],
};
const satisfiedBy = (...names: readonly string[]) =>
  satisfiedParts('t', course, ({ unit: id }) => names.includes(id.slice('https://x/'.length))).map(({ publisherId }) => publisherId);

describe('13.1.4, moveOn', () => {
  it.each([
    ['Passed', [false, true, false, true]],
    ['Completed', [false, false, true, true]],
    ['CompletedAndPassed', [false, false, false, true]],
    ['CompletedOrPassed', [false, true, true, true]],
    ['NotApplicable', [true, true, true, true]],
  ] as const)('%s is met by its verbs', (moveOn, expected) => {
    const said = [['initialized', 'failed'], ['passed'], ['completed'], ['completed', 'passed']];
    expect(said.map((verbs) => isMet(moveOn, verbs))).toEqual(expected);
    expect(moveOns).toContain(moveOn);
  });
});

describe('9.3.9, satisfied', () => {
  it('a block is, when all units within it are, those of inner blocks too; and inner ones come first', () => {
    expect(satisfiedBy('b', 'c')).toEqual(['https://x/inner']);
    expect(satisfiedBy('a', 'b')).toEqual([]);
    expect(satisfiedBy('a', 'b', 'c')).toEqual(['https://x/inner', 'https://x/outer']);
  });
  it('the course is, when all of its units are', () => {
    expect(satisfiedBy('a', 'b', 'c', 'd')).toEqual(['https://x/inner', 'https://x/outer', 'https://x/course']);
    expect(satisfiedBy('d')).toEqual([]);
  });
  it('has an id made here: not the publisher’s, the same each time, and another for each block, course and tenant', () => {
    const ids = [...satisfiedParts('t', course, () => true), ...satisfiedParts('u', course, () => true)].map(
      ({ activityId }) => activityId,
    );
    expect(new Set(ids).size).toBe(6);
    expect(ids.some((id) => id.startsWith('https://x/'))).toBe(false);
    expect(satisfiedParts('t', course, () => true).map(({ activityId }) => activityId)).toEqual(ids.slice(0, 3));
  });
});
