import { type Random } from '@pharos/learner-models';
import { familyNames, givenNames } from './names.js';

/** What causes what happens to a learner. The models never see any of it; tests set findings against it. */
export interface Traits {
  /** Standard normal: how much of the work is taken up. */
  readonly engagement: number;
  /** Standard normal: how well it goes. */
  readonly ability: number;
  /** Standard normal: how steadily school is attended. */
  readonly attendance: number;
}

/** Something that happens to a learner and pulls work and attendance down from then on. */
export interface Shock {
  readonly kind: 'move' | 'illness' | 'family';
  readonly term: string;
  /** Week of the term in which it strikes, counted from 0. */
  readonly week: number;
  readonly lastsWeeks: number;
}

export interface SimulatedLearner {
  readonly sourcedId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** Account on the practice platform, which knows no sourced ids. */
  readonly practiceAccount: string;
  readonly school: number;
  readonly grade: string;
  readonly traits: Traits;
  readonly shocks: readonly Shock[];
  readonly attributes: Readonly<Record<'gender' | 'disability' | 'economicallyDisadvantaged' | 'englishLearner', string>>;
}

const shockKinds = ['move', 'illness', 'family'] as const;
const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no');

/** Draws one learner. A tenth meets a shock in the past term, another tenth in the running one. */
export function drawLearner(
  random: Random,
  index: number,
  schools: number,
  terms: readonly { id: string; weeksSoFar: number }[],
): SimulatedLearner {
  const givenName = givenNames[random.integer(givenNames.length)]!;
  const familyName = familyNames[random.integer(familyNames.length)]!;
  const number = String(index + 1).padStart(5, '0');
  const disadvantaged = random.uniform() < 0.42;
  const disability = random.uniform() < 0.14;
  const shocks: Shock[] = [];
  for (const term of terms) {
    const struck = random.uniform() < 0.1;
    const week = 2 + random.integer(Math.max(1, Math.min(6, term.weeksSoFar - 4)));
    const kind = shockKinds[random.integer(shockKinds.length)]!;
    const lastsWeeks = kind === 'illness' ? 4 + random.integer(3) : 14;
    if (struck) shocks.push({ kind, term: term.id, week, lastsWeeks });
  }
  return {
    sourcedId: `s-${number}`,
    givenName,
    familyName,
    email: `${givenName}.${familyName}.${number}@students.lakeshore.example`.toLowerCase(),
    practiceAccount: `player-${number}`,
    school: index % schools,
    grade: random.uniform() < 0.5 ? '09' : '10',
    // Hardship costs some attendance; it changes neither ability nor engagement.
    traits: { engagement: random.normal(), ability: random.normal(), attendance: random.normal() - (disadvantaged ? 0.3 : 0) },
    shocks,
    attributes: {
      gender: random.uniform() < 0.5 ? 'female' : 'male',
      disability: yesNo(disability),
      economicallyDisadvantaged: yesNo(disadvantaged),
      englishLearner: yesNo(random.uniform() < 0.12),
    },
  };
}

/** Whether a shock weighs on the learner in that week of the term. */
export const isStruck = (learner: SimulatedLearner, term: string, week: number): boolean =>
  learner.shocks.some((shock) => shock.term === term && week >= shock.week && week < shock.week + shock.lastsWeeks);
