import { type Groups } from '@pharos/contract';
import { type Standing } from '@pharos/learner-models';

type Group = Groups['groups'][number];

/** A group that a teacher can sit with. */
const LARGEST = 6;
const MOST_GROUPS = 8;

/**
 * Groups for teaching in the small, from the gaps of a class: each learner is in at most one, with others who are weak in the same skill.
 * The skill that most are weak in first; what it stands on before it, because practising the roof does not mend the wall. Weak: tried
 * twice or more and below what carries the next skill. A gap that one has alone is no group.
 *
 * @param skills in teaching order
 * @example suggestGroups(skills, standings, 0.7)[0] // => { id: 'gap-add', skill: 'add', learners: ['ana', 'ben'], … }
 */
export function suggestGroups(skills: readonly { readonly skill: string; readonly title: { readonly en: string }; readonly prerequisites: readonly string[] }[], standings: ReadonlyMap<string, ReadonlyMap<string, Standing>>, readyAt: number): Group[] {
  const free = new Set(standings.keys());
  const weakIn = (skill: string): string[] =>
    [...free].filter((learner) => {
      const own = standings.get(learner)!.get(skill);
      return own !== undefined && own.evidence >= 2 && own.chance < readyAt;
    });
  const groups: Group[] = [];
  while (groups.length < MOST_GROUPS) {
    const best = skills.map((each) => ({ ...each, weak: weakIn(each.skill) })).filter(({ weak }) => weak.length >= 2).sort((a, b) => b.weak.length - a.weak.length)[0];
    if (best === undefined) break;
    const weak = best.weak.sort((a, b) => standings.get(a)!.get(best.skill)!.chance - standings.get(b)!.get(best.skill)!.chance || (a < b ? -1 : 1)).slice(0, LARGEST);
    for (const learner of weak) free.delete(learner);
    const times = groups.filter(({ skill }) => skill === best.skill).length;
    groups.push({ id: `gap-${best.skill}-${times}`.slice(0, 100), name: best.title.en.slice(0, 100), skill: best.skill, learners: weak });
  }
  return groups;
} // prettier-ignore
