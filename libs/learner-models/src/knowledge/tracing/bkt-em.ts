/** Four chances of Bayesian knowledge tracing: known at first, learned by one practice, guessed, slipped. */
export interface BktParameters {
  readonly known: number;
  readonly learn: number;
  readonly guess: number;
  readonly slip: number;
}

/**
 * Bounds that keep "known" meaning known: with a guess or slip over a half, a right answer would speak for not knowing (Baker, Corbett and Aleven 2008). Nothing is
 * certain, so no chance is 0 or 1.
 */
export const BKT_BOUNDS = { known: [0.01, 0.99], learn: [0.001, 0.6], guess: [0.01, 0.4], slip: [0.01, 0.3] } as const;

/** Where the climbing begins: newcomers and old hands, slow and quick, easy and hard. */
const STARTS: readonly BktParameters[] = [
  { known: 0.4, learn: 0.1, guess: 0.2, slip: 0.1 },
  { known: 0.7, learn: 0.05, guess: 0.3, slip: 0.2 },
  { known: 0.15, learn: 0.3, guess: 0.1, slip: 0.05 },
];

/** The chance of knowing after an answer, and after the practice that it was. */
export function bktStep(known: number, correct: boolean, { learn, guess, slip }: BktParameters): number {
  const hit = correct ? known * (1 - slip) : known * slip;
  const miss = correct ? (1 - known) * guess : (1 - known) * (1 - guess);
  const after = hit / (hit + miss);
  return after + (1 - after) * learn;
}

/** The chance of a right answer. */
export const bktCorrect = (known: number, { guess, slip }: BktParameters): number => known * (1 - slip) + (1 - known) * guess;

/**
 * Fits the four chances of one skill by expectation maximisation from several starts; the likeliest wins, the first of equals (Corbett and Anderson 1995; Baum and Welch).
 * Knowledge is never forgotten within the model. O(starts × steps × answers).
 *
 * @param sequences each learner's answers to the skill in order, 1 right and 0 wrong
 * @example fitBkt([Uint8Array.of(0, 0, 1, 1)])
 */
export function fitBkt(sequences: readonly Uint8Array[], steps = 60): { parameters: BktParameters; logLikelihood: number } {
  let best: { parameters: BktParameters; logLikelihood: number } | undefined;
  for (const start of STARTS) {
    let parameters = start;
    let logLikelihood = -Infinity;
    for (let step = 0; step < steps; step++) {
      const next = improve(sequences, parameters);
      parameters = next.parameters;
      if (next.logLikelihood - logLikelihood < 1e-6 * Math.abs(next.logLikelihood)) break;
      logLikelihood = next.logLikelihood;
    }
    logLikelihood = improve(sequences, parameters).logLikelihood;
    if (!best || logLikelihood > best.logLikelihood) best = { parameters, logLikelihood };
  }
  return best!;
}

/** One step of expectation maximisation, and the log-likelihood of the parameters handed in. */
function improve(sequences: readonly Uint8Array[], at: BktParameters): { parameters: BktParameters; logLikelihood: number } {
  const { known, learn, guess, slip } = at;
  let logLikelihood = 0;
  let [first, learned, couldLearn, slips, asKnown, guesses, asUnknown] = [0, 0, 0, 0, 0, 0, 0];
  for (const answers of sequences) {
    const n = answers.length;
    if (n === 0) continue;
    // Forward: the chance of knowing before each answer, given the answers before it.
    const before = new Float64Array(n);
    const likely = new Float64Array(n);
    let now = known;
    for (let t = 0; t < n; t++) {
      before[t] = now;
      const right = answers[t] === 1;
      likely[t] = right ? bktCorrect(now, at) : 1 - bktCorrect(now, at);
      logLikelihood += Math.log(likely[t]!);
      now = bktStep(now, right, at);
    }
    // Backward: how likely the later answers are for one who knows after answer t, and one who does not; scaled like the forward pass.
    let laterKnown = 1;
    let laterUnknown = 1;
    for (let t = n - 1; t >= 0; t--) {
      const right = answers[t] === 1;
      const sayKnown = right ? 1 - slip : slip;
      const sayUnknown = right ? guess : 1 - guess;
      const backUnknown = learn * laterKnown + (1 - learn) * laterUnknown;
      const knew = (before[t]! * sayKnown * laterKnown) / likely[t]!;
      const didNot = ((1 - before[t]!) * sayUnknown * backUnknown) / likely[t]!;
      const total = knew + didNot;
      asKnown += knew / total;
      asUnknown += didNot / total;
      if (right) guesses += didNot / total;
      else slips += knew / total;
      if (t === 0) first += knew / total;
      if (t < n - 1) {
        couldLearn += didNot / total;
        learned += ((1 - before[t]!) * sayUnknown * learn * laterKnown) / likely[t]! / total;
      }
      laterKnown = (sayKnown * laterKnown) / likely[t]!;
      laterUnknown = (sayUnknown * backUnknown) / likely[t]!;
    }
  }
  const some = sequences.reduce((sum, { length }) => sum + (length > 0 ? 1 : 0), 0);
  const ratio = (above: number, below: number, otherwise: number): number => (below > 1e-12 ? above / below : otherwise);
  return {
    logLikelihood,
    parameters: {
      known: bounded(ratio(first, some, known), BKT_BOUNDS.known),
      learn: bounded(ratio(learned, couldLearn, learn), BKT_BOUNDS.learn),
      guess: bounded(ratio(guesses, asUnknown, guess), BKT_BOUNDS.guess),
      slip: bounded(ratio(slips, asKnown, slip), BKT_BOUNDS.slip),
    },
  };
}

const bounded = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));
