import { type Extensions } from '../statement.js';
import { ANSWER_SAYINGS, type AnswerSaying, type ExtensionPlace, HELP_ASKED, NOT_TRIED } from './vocabularies.js';

/** The parts of a statement that say how an answer came about; sealed or not. */
export interface AboutAnswer {
  readonly object?: { readonly definition?: { readonly extensions?: Extensions } };
  readonly result?: { readonly extensions?: Extensions };
  readonly context?: { readonly extensions?: Extensions };
}

/** Null where the platform does not say. */
export interface AttemptSaid {
  /** Which try at its item, 1 the first. */
  readonly attempt: number | null;
  /** Hints taken before it. */
  readonly hints: number | null;
}

/** Every answer that is folded asks for both, so they are told apart once. */
const TRIES = ANSWER_SAYINGS.filter(({ says }) => says === 'try');
const HINTS = ANSWER_SAYINGS.filter(({ says }) => says === 'hints');

/** A platform that counts beyond it counts something else. */
const MOST = 1_000;

/**
 * Which try an answer is and how many hints came before it, by whatever vocabulary its platform speaks (`ANSWER_SAYINGS`). What is no count says nothing.
 *
 * @example attemptSaid({ object: { definition: { extensions: { 'http://id.tincanapi.com/extension/attempt-id': 2 } } } }) // => { attempt: 2, hints: null }
 */
export function attemptSaid(statement: AboutAnswer): AttemptSaid {
  return { attempt: counted(statement, TRIES, 1), hints: counted(statement, HINTS, 0) };
}

function counted(statement: AboutAnswer, sayings: readonly AnswerSaying[], least: number): number | null {
  for (const { extension, in: places } of sayings) {
    for (const place of places) {
      const value = extensionsAt(statement, place)?.[extension];
      if (typeof value === 'number' && Number.isInteger(value) && value >= least) return Math.min(value, MOST);
    }
  }
  return null;
}

function extensionsAt({ object, result, context }: AboutAnswer, place: ExtensionPlace): Extensions | undefined {
  switch (place) {
    case 'result':
      return result?.extensions;
    case 'context':
      return context?.extensions;
    case 'definition':
      return object?.definition?.extensions;
    default:
      return place satisfies never;
  }
}

/** Whether the statement itself says that its answer was none: given while somebody looked through the content. */
export const isTried = ({ context }: AboutAnswer): boolean =>
  ![...NOT_TRIED].some(([extension, values]) => values.some((value) => value === context?.extensions?.[extension]));

/**
 * The item that help was asked for by a statement of its own; undefined for all other statements.
 *
 * @example helpAskedFor({ verb: 'http://adlnet.gov/expapi/verbs/asked', activity: 'https://lms.example/xblock/b1/hint/2', activityType: 'https://w3id.org/xapi/acrossx/extensions/supplemental-info' }) // => 'https://lms.example/xblock/b1'
 */
export function helpAskedFor(asked: { readonly verb: string; readonly activity: string; readonly activityType: string }): string | undefined {
  const { verb, activity, activityType } = asked;
  const found = HELP_ASKED.find((one) => one.verb === verb && one.activityType === activityType && one.ending.test(activity));
  return found && activity.replace(found.ending, '');
}
