import { type Figure } from '@pharos/contract';

/** Formats as the reader is used to: their language, the tenant's time zone. */
export interface Formats {
  readonly number: (value: number, digits?: number) => string;
  /** 0.83 → `83 %` as the language writes it. */
  readonly percent: (share: number, digits?: number) => string;
  readonly signed: (value: number, digits?: number) => string;
  readonly day: (day: string) => string;
  readonly shortDay: (day: string) => string;
  /** With the day of the week, as people plan. */
  readonly weekday: (day: string) => string;
  /** The calendar day of a moment where the reader's school is: `2026-11-26`. */
  readonly dayAt: (ms: number) => string;
  readonly moment: (instant: string) => string;
  /** `3 days ago`, `in 2 hours`. */
  readonly ago: (instant: string, now: number) => string;
  readonly duration: (ms: number) => string;
  readonly list: (items: readonly string[]) => string;
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** How far apart two moments are, in the largest unit that fits at least once. @example spanOf(-7_200_000) // => [-2, 'hour'] */
export function spanOf(ms: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  const [unit, size] = units.find(([, length]) => Math.abs(ms) >= length) ?? ['second', 1_000];
  return [Math.trunc(ms / size), unit];
}

/** Makes the formats of a language and time zone; making them is slow, using them is not. */
export function formatsOf(locale: string, timeZone: string): Formats {
  const numbers = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const id = JSON.stringify(options);
    const known = numbers.get(id) ?? new Intl.NumberFormat(locale, options);
    numbers.set(id, known);
    return known;
  };
  // A calendar day has no time zone: it is read and written as UTC, so that it never slips to the day before.
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const inPlace = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value, digits = 0) => numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value),
    percent: (share, digits = 0) =>
      numberFormat({ style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(share),
    signed: (value, digits = 0) =>
      numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    shortDay: (text) => shortDay.format(new Date(`${text}T00:00:00Z`)),
    weekday: (text) => weekday.format(new Date(`${text}T00:00:00Z`)),
    dayAt: (ms) => inPlace.format(new Date(ms)),
    moment: (instant) => moment.format(new Date(instant)),
    ago: (instant, now) => relative.format(...spanOf(Date.parse(instant) - now)),
    duration: (ms) => {
      const [unit, size] = units.find(([name, length]) => ms >= length && ['hour', 'minute', 'second'].includes(name)) ?? ['second', 1_000];
      return numberFormat({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(ms / size);
    },
    list: (items) => list.format(items),
  };
}

/** The number of a figure, or null where it is missing or suppressed. */
export const valueOf = (figure: Figure): number | null => (figure.is === 'value' ? figure.value : null);

/** One figure as a share of another; null where either is unknown or there is nobody. */
export function shareOf(part: Figure, whole: Figure): number | null {
  const [a, b] = [valueOf(part), valueOf(whole)];
  return a === null || b === null || b === 0 ? null : a / b;
}
