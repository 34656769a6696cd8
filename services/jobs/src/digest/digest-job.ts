import { PracticeContent } from '@pharos/contract';
import { factId, type FactNamed } from '@pharos/facts';
import { readyToGoOn, sharedGaps, type Standing } from '@pharos/learner-models';
import { type NewLearningFact } from '@pharos/registry';
import { masteriesOf } from '@pharos/warehouse';
import { answersByDay } from '../nudges/nudge-questions.js';
import { type Job, type JobScope } from '../running/job.js';
import { levelsGained } from './levels-gained.js';

const DAY_MS = 86_400_000;
const DAYS = 7;
const MOST_GAPS = 3;
const MOST_LEARNERS = 500;

type ClassLetter = FactNamed<'DigestWritten'>['data']['classes'][number];

/**
 * Writes each teacher who can sign in what their classes gained in the last seven days, where they are stuck, who is ready and what waits: counts, and no learner. The
 * letter is brought by the service that may know mail addresses.
 */
export const digestJob: Job = {
  name: 'digest',
  about: 'writes teachers a letter about their classes: what was gained, shared gaps, who is ready, what waits',
  cron: '0 13 * * 5',
  async run(scope) {
    const { registry, tenant, asOf } = scope;
    if ((await registry.policies.get('learning')).value.digest === 'off') return { teachers: 0, letters: 0 };
    const users = await registry.users.list();
    const teachers = [...new Set(users.flatMap(({ roles, person, disabled }) => (roles.includes('teacher') && person !== null && !disabled ? [person] : [])))].sort();
    const { skills } = PracticeContent.parse(await registry.practice.all());
    const letters = new Map<string, Promise<ClassLetter>>();
    const letterOf = (classId: string): Promise<ClassLetter> => {
      let letter = letters.get(classId);
      if (!letter) letters.set(classId, (letter = aboutClass(scope, classId, skills)));
      return letter;
    };
    const facts: NewLearningFact[] = [];
    for (const teacher of teachers) {
      const classes: ClassLetter[] = [];
      for (const id of await registry.access.classesOfTeacher(teacher)) classes.push(await letterOf(id));
      const worth = classes.filter(({ answers, gaps, waiting }) => answers > 0 || gaps.length > 0 || waiting > 0);
      if (worth.length === 0) continue;
      const id = factId('digest', tenant, asOf, teacher);
      const data = { digest: id, teacher, by: 'digest', week: mondayOf(asOf), classes: worth };
      facts.push({ id, type: 'DigestWritten', version: 1, tenant, key: teacher, occurredAt: asOf, data });
    }
    const outcome = await registry.learning.record(facts);
    // A slot that was worked at before wrote its letters; the same ones are no second ones.
    if (!outcome.ok) throw new Error(`letters could not be written: ${outcome.reason}`);
    return { teachers: teachers.length, letters: facts.length };
  },
}; // prettier-ignore

async function aboutClass({ registry, warehouse, asOf, positions }: JobScope, classId: string, skills: PracticeContent['skills']): Promise<ClassLetter> {
  const learners = await registry.access.learnersOfClasses([classId], { limit: MOST_LEARNERS });
  const nothing = { class: classId, learners: learners.length, active: 0, answers: 0, gained: 0, gaps: [], ready: 0, waiting: 0 };
  if (learners.length === 0) return nothing;
  const view = { asOf, positions: positions.offsets };
  const from = new Date(Date.parse(asOf) - DAYS * DAY_MS).toISOString();
  const [days, gained, rows, answers, contests] = await Promise.all([
    warehouse.ask(answersByDay(learners, from, view), 'jobs'),
    warehouse.askOne(levelsGained(learners, from, view), 'jobs'),
    warehouse.ask(masteriesOf(learners), 'jobs'),
    registry.learning.list('answer', { learners, statuses: ['open'] }),
    registry.learning.list('contest', { learners, statuses: ['open'] }),
  ]);
  const standings = new Map([...Map.groupBy(rows, ({ learner }) => learner)].map(([learner, own]) => [learner, new Map(own.map((row): [string, Standing] => [row.skill, { chance: row.probability, interval: row, evidence: row.evidence, lastAt: row.lastAt, reviewAt: row.reviewAt, run: row.run }]))]));
  const known = skills.map(({ skill }) => skill);
  return {
    ...nothing,
    active: new Set(days.map(({ learner }) => learner)).size,
    answers: days.reduce((sum, day) => sum + day.answers, 0),
    gained: gained ?? 0,
    gaps: sharedGaps(known, standings).slice(0, MOST_GAPS).map(({ skill, weak, tried }) => ({ skill, weak: weak.length, tried })),
    ready: new Set(readyToGoOn(skills, learners, standings).flatMap(({ learners: ready }) => ready)).size,
    waiting: answers.length + contests.length,
  };
} // prettier-ignore

function mondayOf(asOf: string): string {
  const at = Date.parse(asOf);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}
