import { createRandom } from '@pharos/learner-models';
import { type Term } from './calendar.js';
import { isStruck, type SimulatedLearner } from './learners.js';
import { type PlatformName } from './statements.js';

/** How a simulated district differs from the plain one. Everything is stated, so that a test knows what there is to be found. */
export interface World {
  /** Whole terms before the past one, for models that need earlier and later data. */
  readonly earlierTerms?: number;
  /** This share of a group's learners needs help in a term and shows no sign of it before the exam: what a model will miss. */
  readonly bias?: { readonly attribute: keyof SimulatedLearner['attributes']; readonly group: string; readonly share: number };
  /** Points that every mark of the running term is higher by, for the same work. */
  readonly markInflation?: number;
  /** The first piece of work of the running term is marked 1 or 100 with no regard to the learner, as of work that weighs nothing. */
  readonly coinMarks?: boolean;
  /** A platform that sends nothing from a week of the running term on. */
  readonly silentPlatform?: { readonly platform: PlatformName; readonly fromWeek: number };
  /** The running term's learners are others: engagement moves by so many standard deviations. */
  readonly otherPopulation?: number;
  /** Shares of all learners who look at risk and are not, and who are and do not look it. */
  readonly seemAtRisk?: number;
  readonly hiddenNeed?: number;
  /** Of learners met by a shock, this share is helped two weeks later; help gives back so much of what the shock took. */
  readonly help?: { readonly share: number; readonly effect: number };
}

/** What the world does to one learner in one term: the truth, for tests only. */
export interface Fate {
  readonly learner: string;
  readonly term: string;
  /** `no-need`: looks at risk and is not; `hidden-need`: is, and does not look it. */
  readonly need: 'as-seen' | 'no-need' | 'hidden-need';
  /** Week from which on somebody helped; null: nobody did. */
  readonly helpedFrom: number | null;
  readonly effect: number;
  /** Moves engagement. */
  readonly engagement: number;
  /** Added to each mark. */
  readonly marks: number;
  /** What the first piece of work is marked with, whatever was handed in; null: by what it is worth. */
  readonly coin: 1 | 100 | null;
}

/** Draws a learner's fate from a stream of its own, so that a world with nothing in it is the plain district. */
export function fateOf(world: World, learner: SimulatedLearner, term: Term, seed: number): Fate {
  const random = createRandom(seed);
  const [byBias, seeming, hidden, help] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()];
  const { bias } = world;
  const biased = bias ? learner.attributes[bias.attribute] === bias.group && byBias < bias.share : false;
  const running = term.weeksSoFar < term.weeks;
  const shock = learner.shocks.find((one) => one.term === term.id);
  return {
    learner: learner.sourcedId,
    term: term.id,
    need: biased || hidden < (world.hiddenNeed ?? 0) ? 'hidden-need' : seeming < (world.seemAtRisk ?? 0) ? 'no-need' : 'as-seen',
    helpedFrom: shock && help < (world.help?.share ?? 0) ? shock.week + 2 : null,
    effect: world.help?.effect ?? 0,
    engagement: running ? (world.otherPopulation ?? 0) : 0,
    marks: running ? (world.markInflation ?? 0) : 0,
    coin: running && world.coinMarks ? (random.uniform() < 0.4 ? 1 : 100) : null,
  };
}

/** How much of a shock weighs on a learner in a week: 1 all of it, 0 nothing. */
export const weightOfShock = (learner: SimulatedLearner, term: string, week: number, fate?: Fate): number => {
  if (!isStruck(learner, term, week)) return 0;
  return typeof fate?.helpedFrom === 'number' && week >= fate.helpedFrom ? 1 - fate.effect : 1;
};
