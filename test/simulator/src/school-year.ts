import { type Random } from '@pharos/learner-models';
import { addDays } from './calendar.js';
import { type SimulatedClass } from './courses.js';
import { isStruck, type SimulatedLearner } from './learners.js';
import { type Fate, weightOfShock } from './world.js';
import { answeredItem, handedIn, marked, readPage, type SentStatement, watchedVideo } from './statements.js';

export interface Absence {
  readonly learner: string;
  readonly school: number;
  readonly on: string;
  readonly status: 'absent' | 'late' | 'excused';
}

export interface Report {
  readonly learner: string;
  readonly class: string;
  readonly on: string;
  readonly percent: number;
}

/** What a learner leaves behind in one class over the weeks so far. */
export interface ClassRecord {
  readonly statements: readonly SentStatement[];
  readonly reports: readonly Report[];
  /** Weighted mean of all work, missed work as 0; only of a term that has ended. */
  readonly finalPercent: number | null;
}

const passMark = 60;
/** So far under 0 an unseen need pulls the exam: deep enough to fail the class whatever was handed in before. */
const unseenLoss = 60;
export const passes = (percent: number): boolean => percent >= passMark;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function poisson(random: Random, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count += 1;
  return count;
}

/** A moment in a week of the term: school days more often than evenings, never after `today`. */
function momentIn(random: Random, monday: string): string {
  const seconds = 8 * 3600 + random.integer(11 * 3600);
  return new Date(Date.parse(addDays(monday, random.integer(random.uniform() < 0.85 ? 5 : 7))) + seconds * 1000).toISOString();
}

/** Lives one learner's weeks in one class. Statements after `now` have not happened yet and are left out. */
export function liveThroughClass(
  random: Random,
  learner: SimulatedLearner,
  inClass: SimulatedClass,
  now: string,
  fate?: Fate,
): ClassRecord {
  const { term, course, work } = inClass;
  const { engagement, ability } = learner.traits;
  const statements: SentStatement[] = [];
  const reports: Report[] = [];
  const marks: { readonly percent: number; readonly weight: number }[] = [];
  const send = (sent: SentStatement, at: string) => {
    if (at <= now) statements.push(sent);
  };
  for (let week = 0; week < term.weeksSoFar; week += 1) {
    const monday = addDays(term.start, 7 * week);
    const struck = isStruck(learner, term.id, week);
    const shock = weightOfShock(learner, term.id, week, fate);
    // Who looks at risk and is not does little of what is seen, is excused from what was not handed in, and does well where it counts.
    const seeming = fate?.need === 'no-need' ? 2.6 : 0;
    const drive = (engagement + (fate?.engagement ?? 0)) * 0.9 - shock * 2.1 - seeming + random.normal() * 0.35;
    const effort = sigmoid(drive + 0.4);
    const skill = course.skills[Math.min(course.skills.length - 1, Math.floor(week / 2))]!;
    for (let n = poisson(random, 0.15 * effort); n > 0; n -= 1) {
      const at = momentIn(random, monday);
      send(watchedVideo(learner, inClass, at, week + 1, clamp(effort + random.normal() * 0.3, 0.05, 1)), at);
    }
    for (let n = poisson(random, 0.1 * effort); n > 0; n -= 1) {
      const at = momentIn(random, monday);
      send(readPage(learner, inClass, at, week + 1), at);
    }
    for (let n = poisson(random, 0.3 * effort); n > 0; n -= 1) {
      const at = momentIn(random, monday);
      send(
        answeredItem(
          learner,
          inClass,
          at,
          skill,
          1 + random.integer(30),
          random.uniform() < sigmoid(0.6 + ability * 0.9 - (struck ? 0.4 : 0)),
        ),
        at,
      );
    }
    for (const piece of work.filter((w) => w.week === week)) {
      const delivered = random.uniform() < sigmoid(3 + (piece.kind === 'exam' ? drive + seeming : drive) * 1.3);
      const days = delivered ? Math.round(clamp(random.normal() * 1.2 - 1 - drive * 0.4, -4, 5)) : 0;
      const points = Math.round(clamp(77 + ability * 11 + (drive + seeming) * 4 + random.normal() * 7 + (fate?.marks ?? 0), 5, 100));
      // A need that nobody sees shows in the exam, and only there.
      const failsUnseen = fate?.need === 'hidden-need' && piece.kind === 'exam';
      const excused = fate?.need === 'no-need' && !delivered && piece.kind !== 'exam';
      marks.push({ percent: failsUnseen ? -unseenLoss : delivered ? points : 0, weight: excused ? 0 : piece.weight });
      if (!delivered) continue;
      const at = new Date(Date.parse(addDays(piece.dueOn, days)) + (9 * 3600 + random.integer(36_000)) * 1000).toISOString();
      const graded = new Date(Date.parse(at) + 2 * 86_400_000).toISOString();
      send(handedIn(learner, inClass, piece, at), at);
      send(marked(learner, inClass, piece, graded, piece === work[0] ? (fate?.coin ?? points) : points), graded);
    }
    if (week % 4 === 3 && marks.some(({ weight }) => weight > 0))
      reports.push({ learner: learner.sourcedId, class: inClass.sourcedId, on: addDays(monday, 4), percent: weightedMean(marks) });
  }
  return { statements, reports, finalPercent: term.weeksSoFar === term.weeks ? weightedMean(marks) : null };
}

const weightedMean = (marks: readonly { readonly percent: number; readonly weight: number }[]): number =>
  marks.reduce((sum, mark) => sum + mark.percent * mark.weight, 0) / marks.reduce((sum, mark) => sum + mark.weight, 0);

/** Absences of one learner in one term. Schools of the district mark exceptions only: who is not marked was there. */
export function absencesOf(random: Random, learner: SimulatedLearner, term: SimulatedClass['term'], today: string): readonly Absence[] {
  const absences: Absence[] = [];
  for (let week = 0; week < term.weeksSoFar; week += 1) {
    const struck = isStruck(learner, term.id, week);
    const risk = sigmoid(-3.3 - learner.traits.attendance * 0.7 - learner.traits.engagement * 0.3 + (struck ? 1.9 : 0));
    for (let weekday = 0; weekday < 5; weekday += 1) {
      const on = addDays(term.start, 7 * week + weekday);
      if (on >= today || random.uniform() >= risk) continue;
      const kind = random.uniform();
      absences.push({
        learner: learner.sourcedId,
        school: learner.school,
        on,
        status: kind < 0.6 ? 'absent' : kind < 0.8 ? 'excused' : 'late',
      });
    }
  }
  return absences;
}
