import { type ActivityDefinition } from '../statement.js';
import { allMatch, type Item, itemsMatch, parseList } from './characterstring.js';
import { isWithin, parseRange } from './numbers.js';

export type UngradableReason = 'no interaction' | 'no correct response is stated' | 'pattern cannot be read' | 'free format';
export type Grade = { readonly correct: boolean } | { readonly ungradable: UngradableReason };

/** What comparing a response with one pattern can give; unreadable is a fault of the pattern, not of the learner. */
type Verdict = 'match' | 'no match' | 'unreadable';

const verdict = (match: boolean): Verdict => (match ? 'match' : 'no match');

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((item) => right.has(item));
}

const list = (written: string): string[] => (written === '' ? [] : written.split('[,]'));

function fillIn(pattern: string, response: string): Verdict {
  const expected = parseList(pattern);
  const given = parseList(response);
  return verdict(allMatch(expected.items, given.items, expected.orderMatters, (a, b) => itemsMatch(a, b, expected.caseMatters)));
}

interface Step {
  readonly id: string;
  readonly answer: string;
  readonly language: string | undefined;
}

function stepOf({ text, language }: Item): Step {
  const cut = text.indexOf('[.]');
  if (cut === -1) return { id: text, answer: '', language };
  const [answer] = parseList(text.slice(cut + 3)).items;
  return { id: text.slice(0, cut), answer: answer?.text ?? '', language: answer?.language ?? language };
}

function stepsMatch(expected: Step, given: Step, caseMatters: boolean): boolean {
  if (expected.id !== given.id) return false;
  if (expected.answer.includes('[:]')) {
    const range = parseRange(expected.answer);
    const value = parseRange(given.answer);
    return range !== undefined && value !== undefined && isWithin(range, value);
  }
  return itemsMatch({ text: expected.answer, language: expected.language }, { text: given.answer, language: given.language }, caseMatters);
}

function performance(pattern: string, response: string): Verdict {
  const expected = parseList(pattern);
  const given = parseList(response).items.map(stepOf);
  const steps = expected.items.map(stepOf);
  return verdict(allMatch(steps, given, expected.orderMatters, (a, b) => stepsMatch(a, b, expected.caseMatters)));
}

function numeric(pattern: string, response: string): Verdict {
  const expected = parseRange(pattern);
  if (expected === undefined || expected.min > expected.max) return 'unreadable';
  const given = parseRange(response);
  return verdict(given !== undefined && isWithin(expected, given));
}

function trueFalse(pattern: string, response: string): Verdict {
  return pattern === 'true' || pattern === 'false' ? verdict(pattern === response) : 'unreadable';
}

function compare(type: NonNullable<ActivityDefinition['interactionType']>, pattern: string, response: string): Verdict {
  switch (type) {
    case 'true-false':
      return trueFalse(pattern, response);
    case 'choice':
      return verdict(sameSet(list(pattern), list(response)));
    case 'matching':
      return verdict(sameSet(list(pattern), list(response)));
    case 'sequencing':
    case 'likert':
    case 'other':
      return verdict(pattern === response);
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
 * "Response Patterns". One matching pattern is enough. A platform's own `result.success` stands above this: it may know more.
 *
 * An empty list of patterns means that every answer is wrong; a missing one says nothing. `other` has no format, so only
 * an equal response is known to be correct.
 *
 * @example gradeInteraction({ interactionType: 'choice', correctResponsesPattern: ['a[,]b'] }, 'b[,]a') // => { correct: true }
 */
export function gradeInteraction(definition: ActivityDefinition, response: string): Grade {
  const { interactionType: type, correctResponsesPattern: patterns } = definition;
  if (type === undefined) return { ungradable: 'no interaction' };
  if (patterns === undefined) return { ungradable: 'no correct response is stated' };
  const verdicts = patterns.map((pattern) => compare(type, pattern, response));
  if (verdicts.includes('match')) return { correct: true };
  if (verdicts.includes('unreadable')) return { ungradable: 'pattern cannot be read' };
  if (type === 'other' && patterns.length > 0) return { ungradable: 'free format' };
  return { correct: false };
}
