import { createRandom } from '@pharos/learner-models';
import { addDays, earlierTerms, type Term, termsAround } from './calendar.js';
import { courses, makeClass, type SimulatedClass } from './courses.js';
import { drawLearner, type SimulatedLearner } from './learners.js';
import { type Absence, absencesOf, liveThroughClass, passes, type Report } from './school-year.js';
import { type SentStatement } from './statements.js';
import { type Fate, fateOf, type World } from './world.js';

export interface DistrictSettings {
  /** Same seed, learners and day: same district. */
  readonly seed: number;
  readonly learners: number;
  /** Now, as an instant: nothing after it has happened. */
  readonly now: string;
  /** What is different from the plain district. */
  readonly world?: World;
  /** Whether the running term is lived through too; yes by default. Without it the others are what they would be with it. */
  readonly running?: boolean;
}

export interface Incident {
  readonly learner: string;
  readonly school: number;
  readonly on: string;
  readonly severity: 'minor' | 'major';
}

export interface Outcome {
  readonly learner: string;
  readonly class: string;
  readonly outcome: 'pass' | 'fail';
  readonly percent: number;
}

export interface District {
  readonly name: string;
  readonly timeZone: string;
  readonly terms: readonly [past: Term, running: Term];
  /** Terms before the past one, oldest first; none in the plain district. */
  readonly earlier: readonly Term[];
  /** What the world did to whom: truth, for tests only. Empty in the plain district. */
  readonly fates: readonly Fate[];
  readonly schools: readonly {
    readonly sourcedId: string;
    readonly name: string;
    readonly counselor: string;
    readonly teachers: readonly string[];
  }[];
  readonly learners: readonly SimulatedLearner[];
  readonly classes: readonly SimulatedClass[];
  readonly enrolments: readonly { readonly learner: string; readonly class: string }[];
  /** In time order, as platforms would have sent them. */
  readonly statements: readonly SentStatement[];
  readonly absences: readonly Absence[];
  readonly incidents: readonly Incident[];
  readonly reports: readonly Report[];
  readonly outcomes: readonly Outcome[];
}

/** What the district is called and where it lies: known before a day of it is simulated. */
export const districtName = 'Lakeshore Unified School District';
export const districtTimeZone = 'America/Chicago';

const schoolNames = [
  'Harbor High School',
  'Northpoint High School',
  'Meadow Lane High School',
  'Lighthouse Academy',
  'Riverside High School',
];
const learnersPerCounselor = 400;
const classSize = 30;

/**
 * A district with a past term that has outcomes and one that is running, caused by each learner's traits and shocks.
 *
 * What it returns is what platforms and the student information system would send, beside the truth that explains it
 * (`learners[].traits`, `learners[].shocks`), which is for tests only. About 65 statements a learner.
 *
 * @example simulateDistrict({ seed: 1, learners: 1200, now: '2026-11-22T12:00:00.000Z' }).terms[1].weeksSoFar // => 9
 */
export function simulateDistrict({ seed, learners: count, now, world, running = true }: DistrictSettings): District {
  const random = createRandom(seed);
  const today = now.slice(0, 10);
  const terms = termsAround(today);
  const earlier = earlierTerms(terms[0], world?.earlierTerms ?? 0);
  const lived = [...earlier, terms[0], ...(running ? [terms[1]] : [])];
  const fates: Fate[] = [];
  const schoolCount = Math.max(1, Math.round(count / learnersPerCounselor));
  const schools = Array.from({ length: schoolCount }, (_, index) => ({
    sourcedId: `school-${index + 1}`,
    name: schoolNames[index] ?? `School ${index + 1}`,
    counselor: `counselor-${index + 1}`,
    teachers: courses.map((course) => `teacher-${index + 1}-${course.id}`),
  }));
  const learners = Array.from({ length: count }, (_, index) => drawLearner(random, index, schoolCount, terms));
  const classes = new Map<string, SimulatedClass>();
  const enrolments: { learner: string; class: string }[] = [];
  const statements: SentStatement[] = [];
  const reports: Report[] = [];
  const outcomes: Outcome[] = [];
  const absences: Absence[] = [];
  const incidents: Incident[] = [];
  for (const [index, learner] of learners.entries()) {
    // A stream of its own for each learner: adding one learner changes no other.
    const own = createRandom(seed * 7919 + index + 1);
    const section = Math.floor(Math.floor(index / schoolCount) / classSize);
    for (const [at, term] of lived.entries()) {
      const fate = world && fateOf(world, learner, term, seed * 104_729 + index * 31 + at);
      if (fate) fates.push(fate);
      const missed = absencesOf(own, learner, term, today);
      absences.push(...missed);
      for (const course of courses) {
        const key = `${term.id}/${course.id}/${learner.school}/${section}`;
        const inClass = classes.get(key) ?? makeClass(course, learner.school, section, term);
        classes.set(key, inClass);
        enrolments.push({ learner: learner.sourcedId, class: inClass.sourcedId });
        const record = liveThroughClass(own, learner, inClass, now, fate);
        statements.push(...heard(record.statements, term, world));
        reports.push(...record.reports);
        if (record.finalPercent !== null) {
          const percent = Math.round(record.finalPercent * 10) / 10;
          outcomes.push({ learner: learner.sourcedId, class: inClass.sourcedId, outcome: passes(percent) ? 'pass' : 'fail', percent });
        }
      }
      for (const absence of missed) {
        if (own.uniform() < 0.03)
          incidents.push({
            learner: learner.sourcedId,
            school: learner.school,
            on: absence.on,
            severity: own.uniform() < 0.8 ? 'minor' : 'major',
          });
      }
    }
  }
  statements.sort(byTime);
  return {
    name: districtName,
    timeZone: districtTimeZone,
    terms,
    earlier,
    fates,
    schools,
    learners,
    classes: [...classes.values()],
    enrolments,
    statements,
    absences,
    incidents,
    reports,
    outcomes,
  };
}

/** Statements without those of a platform that has fallen silent. */
function heard(statements: readonly SentStatement[], term: Term, world?: World): readonly SentStatement[] {
  const silent = world?.silentPlatform;
  if (!silent || term.weeksSoFar === term.weeks) return statements;
  const from = addDays(term.start, 7 * silent.fromWeek);
  return statements.filter((sent) => sent.platform !== silent.platform || timeOf(sent) < from);
}

const timeOf = (sent: SentStatement): string => sent.statement.timestamp as string;
const byTime = (a: SentStatement, b: SentStatement): number => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);
