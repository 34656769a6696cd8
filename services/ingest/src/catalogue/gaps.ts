import { type LearningResource, type PracticeSkill } from '@pharos/contract';

/** A skill for which there is nothing at a level in a language. */
export interface CatalogueGap {
  readonly skill: string;
  readonly level: string | null;
  readonly language: string | null;
}

/**
 * Every empty cell of skill × level × language, over the levels and languages that the catalogue has. A skill with a level of its own is looked for at that level alone; what
 * serves the same skill of another framework fills the cell as well.
 *
 * @example gapsIn([{ skill: 'a', … }], []) // => [{ skill: 'a', level: null, language: null }]
 */
export function gapsIn(skills: readonly PracticeSkill[], resources: readonly LearningResource[]): readonly CatalogueGap[] {
  const of = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)].sort();
  const levels = of(resources.map(({ level }) => level));
  const languages = of(resources.map(({ language }) => language));
  const filled = new Set(resources.flatMap(({ skills: served, level, language }) => served.map((skill) => JSON.stringify([skill, level, language]))));
  return skills.flatMap(({ skill, level: own, sameAs = [] }) =>
    (own === undefined ? orNothing(levels) : [own]).flatMap((level) =>
      orNothing(languages).filter((language) => ![skill, ...sameAs].some((one) => filled.has(JSON.stringify([one, level, language])))).map((language) => ({ skill, level, language })),
    ),
  );
} // prettier-ignore

const orNothing = (values: readonly (string | null)[]): readonly (string | null)[] => (values.length === 0 ? [null] : values);
