import { type Intervention, type Locale, type NextStep } from '@pharos/contract';

export interface OfferedStep {
  readonly id: string;
  readonly title: string;
  readonly followUpDays: number;
  readonly suggested: boolean;
}

/** The steps that can be logged: those suggested for this learner first, then the rest of the catalogue by title. */
export function suggestedFirst(suggested: readonly NextStep[], catalogue: readonly Intervention[], locale: Locale): readonly OfferedStep[] {
  const titleOf = (step: Intervention) => step.title[locale] ?? step.title.en ?? step.id;
  const days = new Map(catalogue.map((step) => [step.id, step.followUpDays]));
  const first = suggested.map((step) => ({ id: step.intervention, title: step.title, followUpDays: days.get(step.intervention) ?? 14, suggested: true }));
  const taken = new Set(first.map((step) => step.id));
  const rest = catalogue
    .filter((step) => step.active && !taken.has(step.id))
    .map((step) => ({ id: step.id, title: titleOf(step), followUpDays: step.followUpDays, suggested: false }))
    .sort((a, b) => a.title.localeCompare(b.title, locale));
  return [...first, ...rest];
} // prettier-ignore

/** The day so many days after a moment, as a date field takes it. @example inDays(new Date('2026-01-30'), 3) // => '2026-02-02' */
export function inDays(from: Date, days: number): string {
  return new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
