import { levelOfStanding, type Standing, standingOf } from '@pharos/learner-models';
import { type SkillStanding } from '@pharos/contract';
import { type GivenAnswer } from '../questions/answers.js';
import { type Shelf } from './content-shelf.js';

/** Standings by learner, then skill. Answers to what belongs to no skill are left out. */
export function standingsOf(answers: readonly GivenAnswer[], shelf: Shelf): ReadonlyMap<string, ReadonlyMap<string, Standing>> {
  const lists = new Map<string, Map<string, GivenAnswer[]>>();
  for (const answer of answers) {
    const skill = shelf.skillOf(answer.activity);
    if (skill === undefined) continue;
    const own = lists.get(answer.learner) ?? new Map<string, GivenAnswer[]>();
    lists.set(answer.learner, own);
    own.set(skill, [...(own.get(skill) ?? []), answer]);
  }
  return new Map(
    [...lists].map(([learner, skills]) => [learner, new Map([...skills].map(([skill, given]) => [skill, standingOf(given)]))]),
  );
}

const iso = (at: number): string => new Date(at).toISOString();

export function standingView(skill: string, standing: Standing | undefined, now: number): SkillStanding {
  if (standing === undefined)
    return { skill, level: null, chance: null, low: null, high: null, evidence: 0, lastAt: null, reviewAt: null, due: false };
  const { chance, interval, evidence, lastAt, reviewAt } = standing;
  return {
    skill,
    level: levelOfStanding(standing),
    chance,
    low: interval.low,
    high: interval.high,
    evidence,
    lastAt: iso(lastAt),
    reviewAt: iso(reviewAt),
    due: reviewAt <= now,
  };
}
