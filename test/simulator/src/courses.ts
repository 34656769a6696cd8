import { type Term, addDays } from './calendar.js';

export interface Course {
  readonly id: string;
  readonly title: string;
  /** Skills in teaching order; each practice item belongs to one. */
  readonly skills: readonly string[];
}

export const courses: readonly Course[] = [
  {
    id: 'algebra-1',
    title: 'Algebra I',
    skills: ['integers', 'fractions', 'expressions', 'linear-equations', 'inequalities', 'functions', 'slope'],
  },
  {
    id: 'english-9',
    title: 'English 9',
    skills: ['main-idea', 'inference', 'vocabulary', 'argument', 'evidence', 'narrative', 'revision'],
  },
  { id: 'biology', title: 'Biology', skills: ['cells', 'energy', 'genetics', 'evolution', 'ecosystems', 'classification', 'experiments'] },
];

export interface SimulatedClass {
  readonly sourcedId: string;
  readonly title: string;
  readonly course: Course;
  readonly school: number;
  readonly term: Term;
  /** How the platforms name the class in `contextActivities.grouping`. */
  readonly iri: string;
  readonly work: readonly SimulatedWork[];
}

export interface SimulatedWork {
  readonly iri: string;
  readonly title: string;
  readonly kind: 'homework' | 'quiz' | 'exam';
  readonly week: number;
  readonly dueOn: string;
  readonly weight: number;
}

const platform = 'https://lms.lakeshore.example';

/** A class with a piece of work every other week and an exam in the last one; weights add up to 100. */
export function makeClass(course: Course, school: number, section: number, term: Term): SimulatedClass {
  const sourcedId = `${term.id}-${course.id}-${school + 1}-${section + 1}`;
  const iri = `${platform}/classes/${sourcedId}`;
  const work: SimulatedWork[] = [];
  for (let week = 1; week < term.weeks - 1; week += 2) {
    const number = (week + 1) / 2;
    const quiz = number % 3 === 0;
    work.push({
      iri: `${iri}/work/${number}`,
      title: `${quiz ? 'Quiz' : 'Assignment'} ${number}`,
      kind: quiz ? 'quiz' : 'homework',
      week,
      dueOn: addDays(term.start, 7 * week + 4),
      weight: 12,
    });
  }
  const examWeek = term.weeks - 1;
  work.push({
    iri: `${iri}/work/exam`,
    title: 'Final exam',
    kind: 'exam',
    week: examWeek,
    dueOn: addDays(term.start, 7 * examWeek + 2),
    weight: 28,
  });
  return { sourcedId, title: `${course.title} · section ${section + 1}`, course, school, term, iri, work };
}
