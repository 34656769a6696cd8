import { type Change, type HeldOut, type Reason, ReasonCode, type Risk, type Sureness } from '@pharos/contract';
import { type Titles } from '../places/titles.js';

interface RawReason {
  readonly code: string;
  readonly class: string;
  readonly params: Readonly<Record<string, number | string | null>>;
  readonly logOdds: number;
  readonly features: readonly string[];
}

const titled = (titles: Titles, id: string) => ({ id, title: titles.classTitle(id) });

/** A reason of a fact, for the reader. A code that the texts do not word is shown as what it is: its name and no value. */
export function reasonView(reason: RawReason, titles: Titles): Reason {
  const code = ReasonCode.safeParse(reason.code);
  const base = { class: titled(titles, reason.class), logOdds: reason.logOdds, features: [...reason.features] };
  return code.success
    ? { ...base, code: code.data, params: { ...reason.params } }
    : { ...base, code: 'other', params: { feature: reason.code, value: null, classMedian: null } };
}

export function changeView(change: { readonly code: string; readonly class: string; readonly how: Change['how'] }, titles: Titles): Change {
  return { code: ReasonCode.safeParse(change.code).data ?? 'other', class: titled(titles, change.class), how: change.how };
}

/** Fewer learners behind a held-out rate than this, and the reader is told that little is known. */
const LITTLE = 30;

/** How far a risk may be trusted. `trainedAsOf`: when its model was trained, where that is known. */
export function sureness(recipe: string, heldOut: HeldOut | null, asOf: string, trainedAsOf: string | undefined): Sureness {
  if (recipe.startsWith('rule')) return 'rule';
  if (!heldOut || heldOut.n < LITTLE) return 'little-data';
  // A term is half a year at most; a model older than that has not seen the last one.
  const halfYearMs = 183 * 86_400_000;
  return trainedAsOf !== undefined && Date.parse(asOf) - Date.parse(trainedAsOf) > halfYearMs ? 'model-old' : 'model';
}

/** The risk of the class that stands highest: what an alert's number comes from. */
export function highest<E extends { readonly probability: number }>(evidence: readonly E[]): E | undefined {
  return evidence.reduce<E | undefined>(
    (best, each) => (best === undefined || each.probability > best.probability ? each : best),
    undefined,
  );
}

/** An alert's risk from its evidence. An alert without any (which no job raises) has the number and no model. */
export function riskView(
  raised: {
    readonly target: string;
    readonly probability: number;
    readonly heldOut: HeldOut | null;
    readonly asOf: string;
    readonly evidence: readonly { readonly probability: number; readonly raw: number; readonly model: string; readonly recipe: string }[];
  },
  trainedAsOf: (model: string) => string | undefined,
): Risk {
  const top = highest(raised.evidence);
  return {
    target: raised.target,
    probability: raised.probability,
    raw: top?.raw ?? raised.probability,
    heldOut: raised.heldOut,
    sure: sureness(top?.recipe ?? '', raised.heldOut, raised.asOf, top && trainedAsOf(top.model)),
    model: top?.model ?? '',
    recipe: top?.recipe ?? '',
    asOf: raised.asOf,
  };
}
