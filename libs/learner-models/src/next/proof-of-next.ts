import { createRandom, type Random } from '../random.js';
import { chooseNext, type PracticeItem, type PracticeSkill } from './next-activity.js';
import { simulatedContent } from './simulated-learning.js';
import { type SkillAnswer, type Standing, standingOf } from './standing.js';

/** How the simulated learners learn and forget. No policy sees any of it. */
export interface PracticeTruth {
  /** Gain in log odds of one answer to a skill whose prerequisites are known; each learner's own is drawn around it (log-normal, sigma 0.4). */
  readonly gain: number;
  /** Share of the gain that is left when a prerequisite is missing. */
  readonly withoutPrerequisites: number;
  /** Log odds lost after one day without practice; less after every further day of practice of the skill. */
  readonly forgetting: number;
  readonly answersADay: number;
}

export const PRACTICE_TRUTH: PracticeTruth = { gain: 0.35, withoutPrerequisites: 0.2, forgetting: 0.25, answersADay: 20 };

/** `mastery`: the taught order, each skill until three right in a row (at most 15 answers), then from the beginning again. */
export const practicePolicies = ['next', 'random', 'fixed', 'mastery'] as const;
export type PracticePolicy = (typeof practicePolicies)[number];

export interface PracticeOutcome {
  /** Skills truly known a day after the last answer (chance of at least 0.8 on usual items). */
  readonly known: number;
  /** Gain in true log odds over all skills, an answer. */
  readonly gained: number;
  /** Answers until 9 of 10 skills were known at once; the whole budget where they never were. */
  readonly toMastery: number;
}

const DAY_MS = 86_400_000;
const KNOWN = Math.log(0.8 / 0.2);
const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

interface True {
  odds: number;
  lastDay: number;
  days: number;
}

/**
 * SIMULATION of one learner's practice. It shows how choosing behaves where its assumptions hold, and where a number of them do not; people learn otherwise.
 *
 * @example simulatePractice('next', 1, 300, PRACTICE_TRUTH).known
 */
export function simulatePractice(policy: PracticePolicy, seed: number, answers: number, truth: PracticeTruth, content = simulatedContent(12)): PracticeOutcome {
  const random = createRandom(seed);
  const gain = truth.gain * Math.exp(0.4 * random.normal());
  const reach = random.uniform() * 4; // how far up the ladder somebody knows things already
  const skills = new Map<string, True>(content.skills.map(({ skill }, at) => [skill, { odds: (at < reach ? 1.6 : -1.5) + 0.4 * random.normal(), lastDay: 0, days: 0 }]));
  const oddsOf = ({ odds, lastDay, days }: True, day: number) => odds - (truth.forgetting * Math.log2(1 + day - lastDay)) / (1 + days);
  const total = (day: number) => [...skills.values()].reduce((sum, one) => sum + oddsOf(one, day), 0);
  const choose = chooser(policy, content, answers, random);
  const before = total(0);
  let toMastery = answers;
  for (let turn = 0; turn < answers; turn++) {
    const day = Math.floor(turn / truth.answersADay);
    const item = choose.next(turn, day * DAY_MS + (turn % truth.answersADay) * 60_000);
    if (item === undefined) break;
    const own = skills.get(item.skill)!;
    const now = oddsOf(own, day);
    const correct = random.uniform() < sigmoid(now - item.difficulty);
    const ready = content.skills.find(({ skill }) => skill === item.skill)!.prerequisites.every((skill) => oddsOf(skills.get(skill)!, day) > 0.6);
    // What is almost known already teaches less than what is just within reach.
    own.odds = now + gain * (ready ? 1 : truth.withoutPrerequisites) * 4 * sigmoid(now) * (1 - sigmoid(now) * 0.8);
    if (day > own.lastDay || own.days === 0) own.days++;
    own.lastDay = day;
    choose.answered(item, correct, day * DAY_MS + (turn % truth.answersADay) * 60_000);
    if (toMastery === answers && [...skills.values()].filter((one) => oddsOf(one, day) >= KNOWN).length >= 0.9 * skills.size) toMastery = turn + 1;
  }
  const after = Math.ceil(answers / truth.answersADay) + 1;
  return { known: [...skills.values()].filter((one) => oddsOf(one, after) >= KNOWN).length, gained: (total(after) - before) / answers, toMastery };
} // prettier-ignore

interface Content {
  readonly skills: readonly PracticeSkill[];
  readonly items: readonly PracticeItem[];
}

/** What a policy sees: the content and the answers. */
function chooser(policy: PracticePolicy, content: Content, answers: number, random: Random) {
  const given = new Map<string, SkillAnswer[]>();
  const standings = new Map<string, Standing>();
  const recent: { item: string; skill: string }[] = [];
  const itemsOf = Map.groupBy(content.items, ({ skill }) => skill);
  let at = 0;
  let sinceBegun: SkillAnswer[] = [];
  const next = (turn: number, now: number): PracticeItem | undefined => {
    switch (policy) {
      case 'random':
        return content.items[random.integer(content.items.length)];
      case 'fixed':
        return content.items[Math.floor((turn * content.items.length) / answers)];
      case 'mastery': {
        if (done(sinceBegun)) {
          at = (at + 1) % content.skills.length;
          sinceBegun = [];
        }
        const items = itemsOf.get(content.skills[at]!.skill)!;
        return items[turn % items.length];
      }
      case 'next': {
        const item = chooseNext({ ...content, standings, recent, now })[0]?.item;
        return content.items.find((one) => one.item === item);
      }
    }
  };
  const answered = ({ item, skill }: PracticeItem, correct: boolean, now: number): void => {
    const own = [...(given.get(skill) ?? []), { correct, at: now }];
    given.set(skill, own);
    sinceBegun.push({ correct, at: now });
    standings.set(skill, standingOf(own));
    recent.unshift({ item, skill });
  };
  return { next, answered };
}

const done = (own: readonly SkillAnswer[]): boolean =>
  own.length >= 15 || (own.length >= 3 && own.slice(-3).every(({ correct }) => correct));

/** A mean over learners with its 95 % interval. */
export interface Compared {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface NextProof {
  readonly policy: PracticePolicy;
  readonly known: Compared;
  readonly gained: Compared;
  readonly toMastery: Compared;
  /** Skills known with `next` less with this policy, learner by learner: the same learners meet each policy. */
  readonly nextLess: Compared;
  /** Answers to mastery with this policy less with `next`, likewise: above zero where `next` needs fewer. */
  readonly nextSooner: Compared;
}

/**
 * SIMULATION: what choosing the next activity gives beside random order, the fixed order, and a mastery threshold alone, for the same simulated learners.
 *
 * @param truth how they learn; handing in rates far from what a chooser would expect shows what happens when it is wrong
 * @example proveNext({ learners: 100, answers: 300, seed: 1, truth: PRACTICE_TRUTH })
 */
export function proveNext({ learners, answers, seed, truth }: { readonly learners: number; readonly answers: number; readonly seed: number; readonly truth: PracticeTruth }): readonly NextProof[] {
  const outcomes = new Map(practicePolicies.map((policy) => [policy, Array.from({ length: learners }, (_, at) => simulatePractice(policy, seed * 100_000 + at, answers, truth))]));
  const best = outcomes.get('next')!;
  return practicePolicies.map((policy) => {
    const own = outcomes.get(policy)!;
    return {
      policy,
      known: compared(own.map(({ known }) => known)),
      gained: compared(own.map(({ gained }) => gained)),
      toMastery: compared(own.map(({ toMastery }) => toMastery)),
      nextLess: compared(own.map(({ known }, at) => best[at]!.known - known)),
      nextSooner: compared(own.map(({ toMastery }, at) => toMastery - best[at]!.toMastery)),
    };
  });
} // prettier-ignore

function compared(values: readonly number[]): Compared {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const half = 1.96 * Math.sqrt(variance / values.length);
  return { mean, low: mean - half, high: mean + half };
}
