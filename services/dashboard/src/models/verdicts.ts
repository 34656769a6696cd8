import { type AuditFindings, type AuditVerdict, type ModelDetail } from '@pharos/contract';
import { type OpenConcern } from './open-concerns.js';

/** A plain sentence about a model: a key of the catalogue with its numbers, and whether it asks for care. */
export type Verdict =
  | {
      readonly key: 'verdict.capacity';
      readonly tone: Tone;
      readonly model: number;
      readonly low: number;
      readonly high: number;
      readonly rule: number | null;
      readonly chance: number;
    }
  | {
      readonly key: 'verdict.calibrated' | 'verdict.calibrated-by-chance' | 'verdict.miscalibrated';
      readonly tone: Tone;
      readonly off: number;
      readonly chance: number;
    }
  | { readonly key: 'verdict.left-backtest'; readonly tone: Tone; readonly concern: OpenConcern }
  | { readonly key: 'verdict.audit'; readonly tone: Tone; readonly found: AuditVerdict }
  | { readonly key: 'verdict.not-measured' | 'verdict.no-audit' | 'verdict.old'; readonly tone: Tone };

export type Tone = 'good' | 'care' | 'unknown';

const termMs = 150 * 86_400_000;
/** Up to so far off on average, a prediction may be read as it stands: three of a hundred learners. */
const wellCalibrated = 0.03;

const hundred = (share: number): number => Math.round(share * 100);

/** How many of those who were judged ended as predicted; from the bins, which hold each held-out row once. */
export function heldOutBaseRate({ reliability, window }: Pick<ModelDetail, 'reliability' | 'window'>): number {
  const n = reliability.reduce((sum, bin) => sum + bin.n, 0);
  return n === 0 ? window.baseRate : reliability.reduce((sum, bin) => sum + bin.observed * bin.n, 0) / n;
}

/**
 * How far off numbers that are perfectly right would seem, by chance alone: the mean distance of each bin's rate from what was said is that of a
 * half-normal, σ√(2/π), its spread σ√(1 − 2/π), with σ² = p(1 − p) / n. The fewer learners, the farther.
 *
 * Several classes of one learner say little more than one, so as many are counted as there are learners.
 *
 * @param window rows and learners, of which bins have a like share
 * @returns what is expected, and what is passed once in twenty
 * @example calibrationByChance([{ from: 0, to: 1, n: 100, predicted: 0.5, observed: 0.4 }], { rows: 9, learners: 9 }).expected // => 0.0399
 */
export function calibrationByChance(
  reliability: ModelDetail['reliability'],
  { rows, learners }: Pick<ModelDetail['window'], 'rows' | 'learners'>,
): { readonly expected: number; readonly extreme: number } {
  const all = reliability.reduce((sum, bin) => sum + bin.n, 0);
  if (all === 0) return { expected: 0, extreme: 0 };
  const people = rows > 0 ? Math.min(1, learners / rows) : 1;
  const parts = reliability.map(({ n, predicted }) => ({
    share: n / all,
    spread: Math.sqrt((predicted * (1 - predicted)) / (n * people)),
  }));
  const expected = parts.reduce((sum, { share, spread }) => sum + share * spread * Math.sqrt(2 / Math.PI), 0);
  const variance = parts.reduce((sum, { share, spread }) => sum + (share * spread) ** 2 * (1 - 2 / Math.PI), 0);
  return { expected, extreme: expected + 1.645 * Math.sqrt(variance) };
}

/** What to know before trusting a model, most important first. @param now milliseconds since 1970 */
export function verdictsOf(
  model: ModelDetail,
  audit: AuditFindings | null,
  now: number,
  concerns: readonly OpenConcern[] = [],
): readonly Verdict[] {
  const verdicts: Verdict[] = concerns.map((concern) => ({ key: 'verdict.left-backtest', tone: 'care', concern }));
  const found = model.validation.metrics.precisionAt10;
  if (found && found.value !== null) {
    const rule = model.rule?.metrics.precisionAt10?.value ?? null;
    const low = found.low ?? found.value;
    verdicts.push({
      key: 'verdict.capacity',
      tone: rule !== null && found.value < rule ? 'care' : 'good',
      model: hundred(found.value),
      low: hundred(low),
      high: hundred(found.high ?? found.value),
      rule: rule === null ? null : hundred(rule),
      chance: hundred(heldOutBaseRate(model)),
    });
  } else verdicts.push({ key: 'verdict.not-measured', tone: 'unknown' });
  const error = model.validation.metrics.ece?.value;
  if (error !== undefined && error !== null) {
    const { expected, extreme } = calibrationByChance(model.reliability, model.window);
    const about = { off: Math.round(error * 1000) / 10, chance: Math.round(expected * 1000) / 10 };
    if (error <= wellCalibrated) verdicts.push({ key: 'verdict.calibrated', tone: 'good', ...about });
    else if (error <= extreme) verdicts.push({ key: 'verdict.calibrated-by-chance', tone: 'unknown', ...about });
    else verdicts.push({ key: 'verdict.miscalibrated', tone: 'care', ...about });
  }
  verdicts.push(...fairness(audit));
  if (now - Date.parse(model.asOf) > termMs) verdicts.push({ key: 'verdict.old', tone: 'care' });
  return verdicts;
} // prettier-ignore

/** What the audit found, as it words it; that it was not made is a verdict too. */
function fairness(audit: AuditFindings | null): readonly Verdict[] {
  if (!audit) return [{ key: 'verdict.no-audit', tone: 'unknown' }];
  return audit.verdicts.map((found) => ({ key: 'verdict.audit', tone: toneOf(found), found }));
}

/** Where only a gap of more than so many of 100 would have been noticed, that none was is no good news. */
const noticeable = 10;

/** A gap beyond chance asks for care; what could not be judged, or hardly, is unknown. */
export function toneOf({ significant, code, smallestPer100 }: AuditVerdict): Tone {
  if (significant) return 'care';
  return code === 'no-gap-shown' && smallestPer100 !== null && smallestPer100 <= noticeable ? 'good' : 'unknown';
}
