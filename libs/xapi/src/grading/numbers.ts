const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** A closed range; a single number is a range of one. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads a number, or a range whose ends may be left out.
 *
 * @returns undefined for anything else
 * @example parseRange('[:]4') // => { min: -Infinity, max: 4 }
 */
export function parseRange(written: string): NumberRange | undefined {
  const ends = written.split('[:]');
  if (ends.length > 2 || ends.some((end) => !NUMBER.test(end) && !(ends.length === 2 && end === ''))) return undefined;
  const [low = '', high = low] = ends;
  return { min: low === '' ? -Infinity : Number(low), max: high === '' ? Infinity : Number(high) };
}

/** True when all of the given range lies inside the expected one. */
export function isWithin(expected: NumberRange, given: NumberRange): boolean {
  return given.min >= expected.min && given.max <= expected.max;
}

const SPEC_EXAMPLE_RANGE = /^([^:]*):([^:]*)$/;

/**
 * The range of a step of a performance. Besides `[:]`, a plain colon between numbers is taken, because the specification's
 * own example of the type (part two, appendix C) writes its ranges so. A single number is no range here: steps are texts.
 *
 * @example parseStepRange(':10') // => { min: -Infinity, max: 10 }
 */
export function parseStepRange(written: string): NumberRange | undefined {
  if (written.includes('[:]')) return parseRange(written);
  const ends = SPEC_EXAMPLE_RANGE.exec(written);
  return ends === null || (ends[1] === '' && ends[2] === '') ? undefined : parseRange(`${ends[1]}[:]${ends[2]}`);
}
