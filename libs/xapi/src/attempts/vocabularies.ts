import { HINTS_EXTENSION } from '../sealing/known-extensions.js';

/** Where in a statement an extension stands. */
export type ExtensionPlace = 'result' | 'context' | 'definition';

/** An extension by which platforms say something of an answer. */
export interface AnswerSaying {
  /** `try`: which try at its item, 1 the first. `hints`: how many were taken before it. */
  readonly says: 'try' | 'hints';
  readonly extension: string;
  readonly in: readonly ExtensionPlace[];
}

/**
 * Which try at its item an answer is, and after how many hints, as platforms say it. A further platform is a further row.
 *
 * Sources: event-routing-backends of Open edX (`problem_check`: the count of attempts on the activity's definition); the Moodle profile of
 * xapi.fr and the xAPI extension of Adapt (on the context; Moodle counts tries at the whole quiz); the AVT profile of Norwegian schools.
 * The video profile, cmi5, and the assessment profile of Gaia-X name no extension for either.
 */
export const ANSWER_SAYINGS: readonly AnswerSaying[] = [
  { says: 'hints', extension: HINTS_EXTENSION, in: ['result'] },
  { says: 'try', extension: 'http://id.tincanapi.com/extension/attempt-id', in: ['definition', 'context'] },
  { says: 'try', extension: 'https://w3id.org/xapi/avt/result-extensions/attempts', in: ['result'] },
  { says: 'hints', extension: 'https://w3id.org/xapi/avt/result-extensions/hints-used', in: ['result'] },
];

/** A statement of its own that says that help was asked for. */
export interface HelpAsked {
  readonly verb: string;
  readonly activityType: string;
  /** Takes what was asked for off the activity's address; what is left is the item. */
  readonly ending: RegExp;
}

const ASKED = 'http://adlnet.gov/expapi/verbs/asked';

/** Help that is asked for by statements: hints and shown solutions of Open edX (`demandhint_displayed`, `showanswer`). */
export const HELP_ASKED: readonly HelpAsked[] = [
  { verb: ASKED, activityType: 'https://w3id.org/xapi/acrossx/extensions/supplemental-info', ending: /\/hint\/\d+$/ },
  { verb: ASKED, activityType: 'http://id.tincanapi.com/activitytype/solution', ending: /\/answer$/ },
];

/** Values of context extensions that say that nothing was tried: cmi5's launches for looking through. */
export const NOT_TRIED: ReadonlyMap<string, readonly string[]> = new Map([
  ['https://w3id.org/xapi/cmi5/context/extensions/launchmode', ['Browse', 'Review']],
]);
