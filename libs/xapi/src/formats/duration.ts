const N = '\\d+(?:[.,]\\d+)?';
const DURATION = new RegExp(`^P(?!$)(?:${N}W|(?:${N}Y)?(?:${N}M)?(?:${N}D)?(?:T(?=\\d)(?:${N}H)?(?:${N}M)?(?:${N}S)?)?)$`);
const FRACTION_BEFORE_THE_END = /[.,]\d+[A-Z]./;

/**
 * True for a duration of ISO 8601:2004, 4.4.3.2: weeks alone, or the other units in order; only the last may have a fraction.
 *
 * @example isDuration('P4W') // => true
 * @example isDuration('P4W1D') // => false, weeks stand alone
 */
export function isDuration(text: string): boolean {
  return DURATION.test(text) && !FRACTION_BEFORE_THE_END.test(text);
}

/**
 * The duration as two statements are compared by: seconds cut to hundredths (part two, 4.6), everything else as written,
 * because months and days have no fixed length.
 *
 * @example comparableDuration('PT1.509S') // => 'PT1.50S'
 */
export function comparableDuration(text: string): string {
  if (!text.endsWith('S')) return text;
  // The separator can only stand in the last unit; a search from the end stays linear however long the digits.
  const cut = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const whole = cut === -1 ? text.slice(0, -1) : text.slice(0, cut);
  const hundredths = cut === -1 ? '00' : text.slice(cut + 1, Math.min(cut + 3, text.length - 1)).padEnd(2, '0');
  return `${whole}.${hundredths}S`;
}
