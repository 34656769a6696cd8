import { type PlanEntry } from '@pharos/contract';

const DAY_MS = 86_400_000;

/** So many days later. @example later('2026-02-27', 2) // => '2026-03-01' */
export const later = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The seven days from a Monday on. */
export const daysOf = (monday: string): readonly string[] => Array.from({ length: 7 }, (_, index) => later(monday, index));

/** The plan with one entry on another day. */
export const moved = (entries: readonly PlanEntry[], index: number, on: string): readonly PlanEntry[] =>
  entries.map((entry, place) => (place === index ? { ...entry, on } : entry)).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
