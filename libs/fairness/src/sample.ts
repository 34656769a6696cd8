/** What is audited: one entry per row (an enrolment), all arrays of equal length. */
export interface AuditInput {
  /** 1 where the learner later needed help (for example did not pass), else 0. */
  readonly label: Uint8Array | readonly number[];
  /** The model's risk, higher meaning more at risk; a probability if calibration is to be judged. */
  readonly score: Float64Array | readonly number[];
  /** 1 where the model named the learner. Give this or `threshold`. */
  readonly flagged?: Uint8Array | readonly number[];
  /** Named are those with `score >= threshold`. Give this or `flagged`. */
  readonly threshold?: number;
  /** Per attribute the group of each row; null or an empty text where it is not declared. */
  readonly groups: Readonly<Record<string, readonly (string | null)[]>>;
  /** Whose row it is. Resampling and permutation keep one person's rows together. */
  readonly person: readonly (string | number)[];
}

/** The input, checked and in typed arrays. */
export interface Sample {
  readonly n: number;
  readonly label: Uint8Array;
  readonly score: Float64Array;
  readonly flagged: Uint8Array;
  /** Index of the row's person, from 0. */
  readonly person: Int32Array;
  readonly people: number;
  readonly scoresAreProbabilities: boolean;
}

const zeroOrOne = (name: string, values: Uint8Array | readonly number[]): Uint8Array => {
  for (let row = 0; row < values.length; row++) {
    if (values[row] !== 0 && values[row] !== 1) throw new RangeError(`${name}[${row}] is ${values[row]}; it must be 0 or 1`);
  }
  return Uint8Array.from(values);
};

const flagsOf = (input: AuditInput, score: Float64Array): Uint8Array => {
  const { flagged, threshold } = input;
  if ((flagged === undefined) === (threshold === undefined)) throw new RangeError('give either flagged or threshold');
  if (flagged !== undefined) return zeroOrOne('flagged', flagged);
  if (!Number.isFinite(threshold)) throw new RangeError(`threshold is ${threshold}; it must be a number`);
  return Uint8Array.from(score, (value) => (value >= threshold! ? 1 : 0));
};

/** Numbers people from 0 in order of appearance. O(n). */
export const indexPeople = (person: readonly (string | number)[]): { index: Int32Array; people: number } => {
  const seen = new Map<string | number, number>();
  const index = Int32Array.from(person, (who) => {
    const known = seen.get(who);
    if (known !== undefined) return known;
    seen.set(who, seen.size);
    return seen.size - 1;
  });
  return { index, people: seen.size };
};

/**
 * Checks what is to be audited and brings it into typed arrays. O(n).
 *
 * @throws RangeError naming the first entry that is wrong
 * @example readSample({ label: [1, 0], score: [.8, .1], threshold: .5, groups: {}, person: ['a', 'b'] }).people // => 2
 */
export function readSample(input: AuditInput): Sample {
  const n = input.label.length;
  if (n === 0) throw new RangeError('there is no row to audit');
  const columns: Record<string, { length: number }> = { ...input.groups, score: input.score, person: input.person, flagged: input.flagged ?? input.label };
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== n) throw new RangeError(`${name} has ${column.length} rows, label has ${n}`);
  }
  const score = Float64Array.from(input.score);
  let scoresAreProbabilities = true;
  for (let row = 0; row < n; row++) {
    if (!Number.isFinite(score[row])) throw new RangeError(`score[${row}] is ${score[row]}; it must be a number`);
    if (score[row]! < 0 || score[row]! > 1) scoresAreProbabilities = false;
  }
  const { index, people } = indexPeople(input.person);
  return { n, label: zeroOrOne('label', input.label), score, flagged: flagsOf(input, score), person: index, people, scoresAreProbabilities };
}
