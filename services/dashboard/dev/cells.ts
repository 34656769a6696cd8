import { type Figure, type Overview } from '@pharos/contract';
import { courses, dayOf, daysAfter, schools } from './people.js';
import { seeded } from './random.js';

type OverviewWeek = Overview['weeks'][number];
type OverviewRow = Overview['rows'][number];

const value = (number: number): Figure => ({ is: 'value', value: number });

function weekOf(week: number, now: Date, share: number): OverviewWeek {
  const random = seeded(week * 17 + 5);
  const enrolled = Math.round((1_240 - week * 3) * share);
  const trio = (shift: number) => ({
    enrolled: value(enrolled + Math.round(shift * 2 * share)),
    active: value(Math.round(enrolled * (0.93 - week * 0.011 + random.next() * 0.02) - shift * share)),
    atRisk: value(Math.round(enrolled * (0.07 + week * 0.007 + random.next() * 0.008) - shift * 0.4 * share)),
  });
  return { week, from: dayOf(daysAfter(now, -70 + week * 7)), ...trio(0), lastYear: trio(24) };
}

function rowOf(level: 'school' | 'course', id: string, title: string, index: number): OverviewRow {
  const random = seeded(index * 13 + (level === 'school' ? 1 : 91));
  const small = index === 3;
  const enrolled = small ? 7 : random.between(180, 460);
  const atRisk = Math.round(enrolled * (0.1 + random.next() * 0.12));
  return {
    level, id, title,
    enrolled: small ? { is: 'suppressed' } : value(enrolled),
    active: small ? { is: 'suppressed' } : value(Math.round(enrolled * (0.78 + random.next() * 0.15))),
    atRisk: small ? { is: 'suppressed' } : value(index === 2 ? 0 : atRisk),
    change: small ? { is: 'suppressed' } : value(index === 2 ? 0 : random.between(-4, 9)),
    handedIn: small ? { is: 'suppressed' } : value(0.7 + random.next() * 0.25),
    attendance: index === 1 ? { is: 'missing' } : small ? { is: 'suppressed' } : value(0.88 + random.next() * 0.09),
    weeks: Array.from({ length: 10 }, (_, week) => ({
      week: week + 1,
      atRisk: small ? { is: 'suppressed' } : value(index === 2 ? 0 : Math.max(0, Math.round(atRisk * (0.45 + week * 0.06) + random.between(-3, 3)))),
    })),
    learnersShown: !small,
  }; // prettier-ignore
}

/** Made-up cells of the district, or of one school or course. */
export function overviewOf(query: Readonly<Record<string, string>>, now: Date): Overview {
  const share = query.school ? 0.34 : query.course ? 0.25 : 1;
  const by = query.by === 'course' || (query.school && !query.by) ? ('course' as const) : ('school' as const);
  const weeks = Array.from({ length: 10 }, (_, index) => weekOf(index + 1, now, share));
  const latest = weeks.at(-1)!;
  const before = weeks.at(-2)!;
  const number = (figure: Figure) => (figure.is === 'value' ? figure.value : 0);
  return {
    through: now.toISOString(),
    asOf: now.toISOString(),
    term: { id: 'autumn', title: 'Autumn 2026' },
    terms: [{ id: 'autumn', title: 'Autumn 2026' }, { id: 'spring', title: 'Spring 2026' }],
    findings: [
      { code: 'at-risk-up', params: { now: number(latest.atRisk), before: number(before.atRisk), enrolled: number(latest.enrolled), where: 'Algebra I' } },
      { code: 'activity-down', params: { active: number(latest.active), before: number(before.active), where: 'Harbour Middle School' } },
    ],
    now: { enrolled: latest.enrolled, active: latest.active, atRisk: latest.atRisk },
    weeks,
    by,
    rows: (by === 'course' ? courses : schools).map((one, index) => rowOf(by, one.id, one.title, index)),
    minimumGroup: 10,
  }; // prettier-ignore
}
