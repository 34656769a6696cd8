import { type AlertStep } from '../shapes/alerts.js';
import { type Change, type HeldOut, type Reason } from '../shapes/reasons.js';
import { type MessageKey } from './messages.js';
import { type Locale } from './locale.js';
import { say, sayAny, texts } from './say.js';

const known = (key: string): key is MessageKey => Object.hasOwn(texts.en, key);

/** A reason in one line: "3 of 4 assignments missed; class median 0". */
export function reasonInWords(locale: Locale, reason: Pick<Reason, 'code' | 'params'>): string {
  return sayAny(locale, `reason.${reason.code}`, reason.params);
}

/** A reason with the class that it is about, for lists over several classes. */
export function reasonInClass(locale: Locale, reason: Pick<Reason, 'code' | 'params' | 'class'>): string {
  return say(locale, 'reason.in-class', { reason: reasonInWords(locale, reason), class: reason.class.title });
}

/** What the risk is of, as it stands inside a sentence. A target without words of its own stands for itself. */
export function targetInWords(locale: Locale, target: string): string {
  return ofTarget(locale, 'target', target);
}

/** `target`: of a model, which says who will; `that`: of a learner, whom Spanish says it of with another form of the verb. */
function ofTarget(locale: Locale, form: 'target' | 'that', target: string): string {
  const key = `${form}.${target}`;
  return known(key) ? sayAny(locale, key, {}) : target;
}

const band = (rate: number): 'likely' | 'possible' | 'unlikely' => (rate >= 0.5 ? 'likely' : rate >= 0.25 ? 'possible' : 'unlikely');

/**
 * A risk in words, before any number: "Likely to miss the pass mark: about 7 of 10 students like this did".
 *
 * What a person reads is the held-out rate of learners like this one; where it was not measured, no number is given.
 */
export function riskInWords(
  locale: Locale,
  risk: { readonly target: string; readonly probability: number; readonly heldOut: HeldOut | null },
): string {
  const target = ofTarget(locale, 'that', risk.target);
  if (!risk.heldOut) return say(locale, `risk.${band(risk.probability)}-unmeasured`, { target });
  return say(locale, `risk.${band(risk.heldOut.rate)}`, { target, of10: Math.round(risk.heldOut.rate * 10) });
}

/** What would be said of a learner who had done what can still be done. @example 'With the 2 missed assignments handed in: about 4 of 10' */
export function possibleInWords(
  locale: Locale,
  {
    action,
    count,
    probability,
    heldOut,
  }: { readonly action: 'hand-in-missed'; readonly count: number; readonly probability: number; readonly heldOut: HeldOut | null },
): string {
  return say(locale, `possible.${action}`, { count, of10: Math.round((heldOut?.rate ?? probability) * 10) });
}

/** How sure: the interval and the number of students behind the rate. */
export function sureInWords(locale: Locale, heldOut: HeldOut): string {
  return say(locale, 'sure.held-out', { low: Math.round(heldOut.low * 100), high: Math.round(heldOut.high * 100), n: heldOut.n });
}

/** What is different from a week before, given the reason's own words. */
export function changeInWords(locale: Locale, change: Pick<Change, 'how'>, reason: string): string {
  return say(locale, `change.${change.how}`, { reason });
}

/** A step of an alert's history, told in words. `at` formats an instant as the reader is used to. */
export function actionInWords(locale: Locale, step: AlertStep, at: (instant: string) => string): string {
  const code = (prefix: 'why' | 'close') => {
    const key = `${prefix}.${step.code ?? 'other'}`;
    return known(key) ? sayAny(locale, key, {}) : (step.code ?? '');
  };
  const key = `action.${step.type}`;
  if (!known(key)) return step.type;
  return sayAny(locale, key, {
    who: step.by === null ? say(locale, 'who.system') : (step.by.name ?? say(locale, 'who.unnamed')),
    to: step.to?.name ?? say(locale, 'who.unnamed'),
    intervention: step.intervention?.title ?? '',
    until: step.until === null ? '' : at(step.until),
    why: code('why'),
    code: code('close'),
  });
}
