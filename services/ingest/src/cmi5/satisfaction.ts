import { type Cmi5Block, type Cmi5Course, type Cmi5Part, type Cmi5Unit, type MoveOn } from '@pharos/registry';
import { factId } from '@pharos/facts';
import { type Satisfied } from './lms-statements.js';

/**
 * Whether what was said of a unit meets its criterion.
 *
 * Source: cmi5, Quartz 1st edition, 13.1.4.
 *
 * @example isMet('CompletedOrPassed', ['initialized', 'passed']) // => true
 */
export function isMet(moveOn: MoveOn, verbs: readonly string[]): boolean {
  switch (moveOn) {
    case 'Passed':
      return verbs.includes('passed');
    case 'Completed':
      return verbs.includes('completed');
    case 'CompletedAndPassed':
      return verbs.includes('completed') && verbs.includes('passed');
    case 'CompletedOrPassed':
      return verbs.includes('completed') || verbs.includes('passed');
    case 'NotApplicable':
      return true;
    default:
      return moveOn satisfies never;
  }
}

/** Ids of blocks and courses in statements. */
const HOME = 'https://pharos.dev/xapi/cmi5';

/**
 * The blocks, inner ones first, and the course of which every unit is satisfied.
 *
 * @param tenant its blocks and courses have ids of their own
 */
export function satisfiedParts(tenant: string, course: Cmi5Course, isSatisfied: (unit: Cmi5Unit) => boolean): readonly Satisfied[] {
  const found: Satisfied[] = [];
  const idOf = (...parts: readonly string[]) => factId('cmi5', tenant, course.course, ...parts);
  const allOf = (parts: readonly Cmi5Part[]): boolean =>
    parts.map((part) => ('unit' in part ? isSatisfied(part) : ofBlock(part))).every((satisfied) => satisfied);
  function ofBlock({ block, title, parts }: Cmi5Block): boolean {
    const satisfied = allOf(parts);
    if (satisfied) found.push({ kind: 'block', publisherId: block, activityId: `${HOME}/blocks/${idOf('block', block)}`, title });
    return satisfied;
  }
  if (allOf(course.parts))
    found.push({ kind: 'course', publisherId: course.course, activityId: `${HOME}/courses/${idOf('course')}`, title: course.title });
  return found;
}
