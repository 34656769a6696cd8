import { type ClassSkills } from '@pharos/contract';

/** What a class knows of one subject; all of it without one. */
export function ofSubject(known: ClassSkills, subject: string | undefined): ClassSkills {
  if (subject === undefined) return known;
  const skills = known.skills.filter((skill) => skill.subject === subject);
  const names = new Set(skills.map(({ skill }) => skill));
  const among = <Part extends { readonly skill: string }>(parts: readonly Part[]) => parts.filter(({ skill }) => names.has(skill));
  return {
    ...known,
    skills,
    learners: known.learners.map(({ learner, cells }) => ({ learner, cells: among(cells) })),
    gaps: among(known.gaps),
    ready: among(known.ready),
    confusing: among(known.confusing),
    latest: among(known.latest),
  };
}
