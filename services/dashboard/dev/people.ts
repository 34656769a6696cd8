import { type Class, type PersonName, type Titled } from '@pharos/contract';
import { seeded } from './random.js';

export const schools: readonly Titled[] = [
  { id: 'north', title: 'North High School' },
  { id: 'harbour', title: 'Harbour Middle School' },
  { id: 'mill', title: 'Mill Lane Academy' },
];
export const courses: readonly Titled[] = [
  { id: 'algebra', title: 'Algebra I' },
  { id: 'biology', title: 'Biology' },
  { id: 'history', title: 'World History' },
  { id: 'english', title: 'English 9' },
];

const given = [
  'Amara',
  'Lucas',
  'Sofía',
  'Wei',
  'Noah',
  'Fatima',
  'Mateo',
  'Ingrid',
  'Dmitri',
  'Zoë',
  'Kwame',
  'Hana',
  'Elías',
  'Priya',
  'Tomás',
  'Leila',
];
const family = ['Okafor', 'Meyer', 'Hernández-Villanueva', 'Zhang', 'Brooks', 'Al-Sayed', 'Rojas', 'Lindqvist', 'Petrov', 'van der Berg', 'Mensah', 'Sato', 'Duarte', 'Nair']; // prettier-ignore

export interface MadeUpLearner {
  readonly person: PersonName;
  readonly school: Titled;
  readonly classes: readonly Class[];
  /** 0 to 1: how much goes wrong for them. */
  readonly trouble: number;
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);

export const counselor: PersonName = { token: 'c-rivera', name: 'Ana Rivera' };
export const colleague: PersonName = { token: 'c-osei', name: 'Kofi Osei' };

/** Learners with classes and a share of trouble, most first. */
export function makeLearners(now: Date, count: number): readonly MadeUpLearner[] {
  const random = seeded(7);
  const start = dayOf(daysAfter(now, -70));
  const end = dayOf(daysAfter(now, 56));
  return Array.from({ length: count }, (_, index) => {
    const school = random.pick(schools);
    const taken = courses.filter((_course, at) => at === index % 4 || random.next() < 0.3).slice(0, 3);
    const classes = taken.map((course) => ({
      class: `${school.id}-${course.id}`,
      title: `${course.title}, ${random.between(1, 3)}${random.pick(['a', 'b'])}`,
      course: course.id, courseTitle: course.title, school: school.id, schoolTitle: school.title, term: 'autumn', start, end,
    })); // prettier-ignore
    const name = `${given[index % given.length]!} ${family[(index * 5) % family.length]!}`;
    return { person: { token: `l-${index + 1}`, name }, school, classes, trouble: Math.max(0.05, 0.95 - index * (0.8 / count)) };
  });
}
