import { inLanguage, type Locale, type PlanEntry } from '@pharos/contract';
import { factId } from '@pharos/facts';
import ical from 'ical-generator';

const words = {
  en: { name: 'My plan', minutes: (n: number) => `${n} min`, due: (day: string) => `Due ${day}`, done: 'Done' },
  es: { name: 'Mi plan', minutes: (n: number) => `${n} min`, due: (day: string) => `Entrega ${day}`, done: 'Hecho' },
} as const;

/** How often calendar programs are asked to look again. */
const REFRESH_SECONDS = 6 * 3_600;

/**
 * A plan as iCalendar (RFC 5545): one entry for a whole day each, because when in the day is the learner's own affair. No name is in it;
 * ids stay the same from one look to the next, so that programs move entries instead of doubling them.
 */
export function calendarOf(entries: readonly PlanEntry[], locale: Locale, publicUrl: string, now: Date): string {
  const { name, minutes, due, done } = words[locale];
  const calendar = ical({ name, prodId: { company: 'Pharos', product: 'plan' }, ttl: REFRESH_SECONDS });
  const seen = new Map<string, number>();
  for (const { on, kind, what, title, minutes: takes, dueOn, done: isDone } of entries) {
    const key = `${kind} ${what} ${on}`;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    calendar.createEvent({
      id: factId('plan-entry', kind, what, on, times),
      start: new Date(`${on}T00:00:00Z`),
      end: new Date(Date.parse(on) + 86_400_000),
      allDay: true,
      timezone: 'UTC',
      stamp: now,
      summary: `${inLanguage(locale, title)} (${minutes(takes)})`,
      description: [dueOn === null ? '' : due(dueOn), isDone ? done : ''].filter((line) => line !== '').join('\n'),
      url: `${publicUrl.replace(/\/$/, '')}/plan`,
    });
  }
  return calendar.toString();
}
