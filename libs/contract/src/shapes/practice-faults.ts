import { type LearningResource, type PracticeContent } from './practice.js';

/**
 * Why content cannot stand: an item, a resource or a prerequisite without its skill, prerequisites in a circle, a choice that is not there.
 *
 * @returns undefined when all is well
 * @example faultIn({ skills: [{ skill: 'a', prerequisites: ['a'], … }], items: [] }) // => 'prerequisites go in a circle: a → a'
 */
export function faultIn({ skills, items, resources = [] }: PracticeContent & { readonly resources?: readonly LearningResource[] }): string | undefined {
  const known = new Map(skills.map((skill) => [skill.skill, skill]));
  const walked = new Set<string>();
  const walk = (skill: string, above: readonly string[]): string | undefined => {
    const way = [...above, skill];
    if (above.includes(skill)) return `prerequisites go in a circle: ${way.slice(above.indexOf(skill)).join(' → ')}`;
    const own = known.get(skill);
    if (own === undefined) return `unknown skill: ${way.join(' → ')}`;
    if (walked.has(skill)) return undefined;
    for (const before of own.prerequisites) {
      const fault = walk(before, way);
      if (fault !== undefined) return fault;
    }
    walked.add(skill);
    return undefined;
  };
  for (const { skill } of skills) {
    const fault = walk(skill, []);
    if (fault !== undefined) return fault;
  }
  for (const { item, skill, key, choices } of items) {
    if (!known.has(skill)) return `${item} names an unknown skill: ${skill}`;
    if (key.kind === 'choice' && !choices?.some(({ id }) => id === key.right))
      return `the right choice of ${item} is not among its choices`;
  }
  for (const { resource, skills: served } of resources) {
    const unknown = served.find((skill) => !known.has(skill));
    if (unknown !== undefined) return `${resource} names an unknown skill: ${unknown}`;
  }
  return undefined;
} // prettier-ignore
