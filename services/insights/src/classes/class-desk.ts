import { type ClassSkills } from '@pharos/contract';
import { type ClassStandings, levelOf, type MasteryLevel, readyToGoOn, sharedGaps } from '@pharos/learner-models';
import { type Registry } from '@pharos/registry';
import { masteriesOf, type Mastery, type Warehouse } from '@pharos/warehouse';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound } from '../http/refusal.js';
import { type Names } from '../people/names.js';
import { type Places } from '../places/places.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { byLearner, standingOfMastery } from '../practice/standings.js';
import { answerCount, answersOf, type GivenAnswer, wrongResponses } from '../questions/answers.js';
import { type Clock } from '../tokens.js';
import { confusingItems } from './confusing-items.js';

interface Reads {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly shelf: ContentShelf;
  readonly places: Places;
  readonly names: Names;
  readonly now: Clock;
}

type Cell = ClassSkills['learners'][number]['cells'][number];

const SHOWN_ANSWERS = 12;
const MOST_LEARNERS = 500;

/** What a class knows, for whoever teaches it. */
export class ClassDesk {
  constructor(private readonly reads: Reads) {}

  async list(caller: Caller): Promise<{ class: string; title: string; learners: number }[]> {
    const { registry, places } = this.reads;
    const access = registry.tenant(caller.tenant).access;
    const titles = await places.titles(caller.tenant);
    const ids = await this.classesOf(caller);
    const counted = await Promise.all(
      ids.map(async (id) => ({ class: id, title: titles.classTitle(id), learners: (await access.learnersOfClasses([id], { limit: MOST_LEARNERS })).length })),
    );
    return counted.sort((a, b) => (a.title < b.title ? -1 : 1));
  } // prettier-ignore

  private async classesOf(caller: Caller): Promise<readonly string[]> {
    const { registry, places } = this.reads;
    if (caller.roles.includes('admin')) {
      const rows = await places.all(caller.tenant);
      return rows.filter(({ school }) => caller.schools.length === 0 || caller.schools.includes(school)).map((row) => row.class);
    }
    return caller.person === null ? [] : registry.tenant(caller.tenant).access.classesOfTeacher(caller.person);
  }

  /** Learners of a class that the caller teaches. @throws Refusal not-found for any other class, whether or not there is one */
  async learnersOf(caller: Caller, classId: string): Promise<readonly string[]> {
    if (!(await this.classesOf(caller)).includes(classId)) throw notFound();
    return this.reads.registry.tenant(caller.tenant).access.learnersOfClasses([classId], { limit: MOST_LEARNERS });
  }

  /** Changes with every answer of the class. */
  async pulse(caller: Caller, learners: readonly string[]): Promise<number> {
    return (await this.reads.warehouse.tenant(caller.tenant).askOne(answerCount(learners))) ?? 0;
  }

  async skills(caller: Caller, classId: string, state: RequestState): Promise<Omit<ClassSkills, 'through'>> {
    const { registry, warehouse, places, names, now } = this.reads;
    const learners = await this.learnersOf(caller, classId);
    const tables = warehouse.tenant(caller.tenant);
    const [shelf, { value }, rows, answers, titles, people] = await Promise.all([
      this.reads.shelf.of(caller.tenant),
      registry.tenant(caller.tenant).policies.get('mastery'),
      tables.ask(masteriesOf(learners)),
      tables.ask(answersOf(learners)),
      places.titles(caller.tenant),
      names.ofTokens(caller, learners, state),
    ]);
    const masteries = byLearner(rows);
    const standings: ClassStandings = new Map([...masteries].map(([learner, own]) => [learner, new Map([...own].map(([skill, row]) => [skill, standingOfMastery(row)]))]));
    const tried = new Set([...standings.values()].flatMap((own) => [...own.keys()]));
    const shown = shelf.skills.filter(({ skill, prerequisites }) => tried.has(skill) || prerequisites.some((before) => tried.has(before)));
    const confusing = confusingItems(answers, shelf);
    const wrong = confusing.length === 0 ? [] : await tables.ask(wrongResponses(learners, confusing.map(({ item }) => item)));
    return {
      class: { id: classId, title: titles.classTitle(classId) },
      skills: shown.map(({ skill, title, subject, prerequisites }) => ({ skill, title, subject, subjectTitle: shelf.subjectTitle(subject), prerequisites })),
      learners: learners
        .map((learner) => ({ learner: people.get(learner)!, cells: shown.map(({ skill }) => cell(skill, masteries.get(learner)?.get(skill), value.levels, now().getTime())) }))
        .sort((a, b) => (a.learner.name ?? a.learner.token).localeCompare(b.learner.name ?? b.learner.token)),
      gaps: sharedGaps(shown.map(({ skill }) => skill), standings).map((gap) => ({ ...gap, weak: [...gap.weak] })),
      ready: readyToGoOn(shown, learners, standings).map(({ skill, learners: ready }) => ({ skill, learners: [...ready] })),
      confusing: confusing.map((item) => {
        const most = wrong.find(({ activity }) => activity === item.item);
        return { ...item, wrong: most === undefined ? null : { response: choiceText(shelf, item.item, most.response), times: most.times } };
      }),
      latest: latestOf(answers, shelf),
    };
  } // prettier-ignore
}

const cell = (skill: string, mastery: Mastery | undefined, levels: readonly MasteryLevel[], now: number): Cell => ({
  skill,
  level: mastery === undefined ? null : ((levelOf(mastery, levels) ?? null) as Cell['level']),
  chance: mastery?.probability ?? null,
  evidence: mastery?.evidence ?? 0,
  due: mastery !== undefined && mastery.reviewAt <= now,
});

const choiceText = (shelf: Shelf, item: string, response: string): string =>
  shelf.itemById.get(item)?.choices?.find(({ id }) => id === response)?.text ?? response;

function latestOf(answers: readonly GivenAnswer[], shelf: Shelf): ClassSkills['latest'] {
  const known = answers.flatMap((answer) => {
    const skill = shelf.skillOf(answer.activity);
    return skill === undefined ? [] : [{ learner: answer.learner, item: answer.activity, skill, correct: answer.correct, at: new Date(answer.at).toISOString() }];
  }); // prettier-ignore
  return known.slice(-SHOWN_ANSWERS).reverse();
}
