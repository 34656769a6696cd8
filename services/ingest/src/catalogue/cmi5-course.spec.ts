import { describe, expect, it } from '@jest/globals';
import { courseOf } from './cmi5-course.js';
import { readXml } from './xml-tree.js';

const read = (inner: string, course = '<course id=" https://x/course "><title><langstring lang="en"> A course </langstring></title></course>') =>
  courseOf(readXml(`<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">${course}${inner}</courseStructure>`)); // prettier-ignore

describe('a course structure (13.1)', () => {
  it('keeps blocks within blocks, and what decides over each unit, without white space around it', () => {
    const au = `<au id="https://x/a" moveOn=" CompletedAndPassed " masteryScore="0.85" launchMethod="OwnWindow"><url>a.html</url>
      <launchParameters> Start=1 </launchParameters><entitlementKey>k-1</entitlementKey></au>`;
    const title = '<title><langstring lang="en">Outer</langstring><langstring lang="es">Fuera</langstring></title>';
    expect(read(`<block id="https://x/outer">${title}<block id="https://x/inner">${au}</block></block><au id="https://x/b"/>`)).toEqual({
      course: 'https://x/course',
      title: { en: 'A course' },
      parts: [
        {
          block: 'https://x/outer',
          title: { en: 'Outer', es: 'Fuera' },
          parts: [
            {
              block: 'https://x/inner',
              title: {},
              parts: [
                {
                  unit: 'https://x/a', moveOn: 'CompletedAndPassed', masteryScore: 0.85, launchMethod: 'OwnWindow',
                  launchParameters: 'Start=1', entitlementKey: 'k-1',
                }, // prettier-ignore
              ],
            },
          ],
        },
        { unit: 'https://x/b', moveOn: 'NotApplicable' },
      ],
    });
  });

  it.each([
    ['<au id="https://x/a" moveOn="Soon"/>', 'moveOn is Soon'],
    ['<au id="https://x/a" masteryScore="85"/>', 'masteryScore is 85, not between 0 and 1'],
    ['<au id="https://x/a" launchMethod="Popup"/>', 'launchMethod is Popup'],
    ['<au id="https://x/a"/><block id="https://x/b"><au id="https://x/a"/></block>', 'two aus have the id https://x/a'],
    ['<block><au id="https://x/a"/></block>', '(block) needs an IRI as id'],
    ['<block id="https://x/b"><title><langstring lang="x_y">B</langstring></title></block>', 'the language "x_y"'],
  ])('%s is refused', (inner, reason) => {
    expect(() => read(inner)).toThrow(reason);
  });
  it('without a course is refused', () => {
    expect(() => read('<au id="https://x/a"/>', '')).toThrow('there is no course');
  });
});
