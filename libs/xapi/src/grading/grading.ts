import { type ActivityDefinition, type InteractionType } from '../statement.js';
import { type Item, itemsMatch, matches, parseList } from './characterstring.js';
import { isWithin, parseRange, parseStepRange } from './numbers.js';
import { orderShare, pairedShare, setShare } from './partial-credit.js';

export type UngradableReason =
  | 'no interaction'
  | 'no correct response is stated'
  | 'pattern cannot be read'
  /** The response is not in the format of its interaction type: a fault of the platform or of the pad, never a wrong answer. */
  | 'response cannot be read'
  | 'free format';

/** `share` is the partial credit, from 0 to 1, by the rules in `partial-credit.ts`; 1 exactly when correct. */
export type Grade = { readonly correct: boolean; readonly share: number } | { readonly ungradable: UngradableReason };

/** The share that is right by one pattern, or whose fault it is that nothing can be compared. */
type Verdict = number | 'pattern' | 'response';

const whole = (match: boolean): Verdict => (match ? 1 : 0);

const list = (written: string): string[] => (written === '' ? [] : written.split('[,]'));

function fillIn(pattern: string, response: string): Verdict {
  const expected = parseList(pattern);
  const given = parseList(response);
  const hits = matches(expected.items, given.items, expected.orderMatters, (a, b) => itemsMatch(a, b, expected.caseMatters));
  return pairedShare(hits, expected.items.length, given.items.length);
}

interface Step {
  readonly id: string;
  readonly answer: string;
  readonly language: string | undefined;
}

function stepOf({ text, language }: Item): Step | undefined {
  const cut = text.indexOf('[.]');
  if (cut === -1) return undefined;
  const [answer] = parseList(text.slice(cut + 3)).items;
  return { id: text.slice(0, cut), answer: answer?.text ?? '', language: answer?.language ?? language };
}

/** Undefined when one of them is no step. */
function stepsOf(items: readonly Item[]): readonly Step[] | undefined {
  const steps = items.map(stepOf);
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function stepsMatch(expected: Step, given: Step, caseMatters: boolean): boolean {
  if (expected.id !== given.id) return false;
  const same = itemsMatch({ text: expected.answer, language: expected.language }, { text: given.answer, language: given.language }, caseMatters);
  if (same) return true;
  const range = parseStepRange(expected.answer);
  const value = range && parseRange(given.answer);
  return range !== undefined && value !== undefined && isWithin(range, value);
} // prettier-ignore

function performance(pattern: string, response: string): Verdict {
  const expected = parseList(pattern);
  const steps = stepsOf(expected.items);
  const given = stepsOf(parseList(response).items);
  if (steps === undefined) return 'pattern';
  if (given === undefined) return 'response';
  const hits = matches(steps, given, expected.orderMatters, (a, b) => stepsMatch(a, b, expected.caseMatters));
  return pairedShare(hits, steps.length, given.length);
}

const isPair = (written: string): boolean => written.split('[.]').length === 2;

function matching(pattern: string, response: string): Verdict {
  const expected = [...new Set(list(pattern))];
  const given = [...new Set(list(response))];
  if (!expected.every(isPair)) return 'pattern';
  if (!given.every(isPair)) return 'response';
  return pairedShare(expected.filter((pair) => given.includes(pair)).length, expected.length, given.length);
}

function numeric(pattern: string, response: string): Verdict {
  const expected = parseRange(pattern);
  if (expected === undefined || expected.min > expected.max) return 'pattern';
  const given = parseRange(response);
  return given === undefined ? 'response' : whole(isWithin(expected, given));
}

const isTruth = (written: string): boolean => written === 'true' || written === 'false';

function trueFalse(pattern: string, response: string): Verdict {
  if (!isTruth(pattern)) return 'pattern';
  return isTruth(response) ? whole(pattern === response) : 'response';
}

function compare(type: InteractionType, pattern: string, response: string): Verdict {
  switch (type) {
    case 'true-false':
      return trueFalse(pattern, response);
    case 'choice':
      return setShare(list(pattern), list(response));
    case 'matching':
      return matching(pattern, response);
    case 'sequencing':
      return orderShare(list(pattern), list(response));
    case 'likert':
    case 'other':
      return whole(pattern === response);
    case 'fill-in':
    case 'long-fill-in':
      return fillIn(pattern, response);
    case 'performance':
      return performance(pattern, response);
    case 'numeric':
      return numeric(pattern, response);
  }
}

/**
 * Grades a response by the correct responses that its interaction states, in the formats of xAPI 1.0.3, part two, 2.4.4.1,
 * "Response Patterns". The best matching pattern counts. A platform's own `result.success` stands above this: it may know more.
 *
 * An empty list of patterns means that every answer is wrong; a missing one says nothing. `other` has no format, so only
 * an equal response is known to be correct. What cannot be compared is said, never taken for a wrong answer.
 *
 * @example gradeInteraction({ interactionType: 'choice', correctResponsesPattern: ['a[,]b'] }, 'b[,]a') // => { correct: true, share: 1 }
 */
export function gradeInteraction(definition: ActivityDefinition, response: string): Grade {
  const { interactionType: type, correctResponsesPattern: patterns } = definition;
  if (type === undefined) return { ungradable: 'no interaction' };
  if (patterns === undefined) return { ungradable: 'no correct response is stated' };
  const verdicts = patterns.map((pattern) => compare(type, pattern, response));
  if (verdicts.includes(1)) return { correct: true, share: 1 };
  if (verdicts.includes('pattern')) return { ungradable: 'pattern cannot be read' };
  if (verdicts.includes('response')) return { ungradable: 'response cannot be read' };
  if (type === 'other' && patterns.length > 0) return { ungradable: 'free format' };
  return { correct: false, share: Math.max(0, ...(verdicts as number[])) };
}
