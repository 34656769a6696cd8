import { randomInt, randomUUID } from 'node:crypto';
import { type Placement } from '@pharos/contract';
import { assess, type Assessment, bankOf, PLACEMENT, placedOf } from '@pharos/learner-models';
import { type LearningRecord, type NewLearningFact, type Registry } from '@pharos/registry';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type AnswerRecorder } from '../practice/answer-recorder.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { feedbackOn } from '../practice/grade-answer.js';
import { shownItem } from '../practice/knowledge-desk.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';

type Test = LearningRecord<'assessment'>;

/** Placement tests: short, adaptive, gone on with where they were left. What they find opens what stands on it. */
export class PlacementDesk {
  constructor(
    private readonly registry: Registry,
    private readonly shelf: ContentShelf,
    private readonly recorder: AnswerRecorder,
    private readonly now: Clock,
  ) {}

  /** The test that is open, else the last one. */
  async get(tenant: string, learner: string): Promise<Placement> {
    const [shelf, tests] = await Promise.all([
      this.shelf.of(tenant),
      this.registry.tenant(tenant).learning.list('assessment', { learners: [learner] }, 20),
    ]);
    return view(shelf, tests.find(({ status }) => status === 'open') ?? tests[0]);
  }

  async start(caller: Caller, learner: string, subject: string): Promise<Placement> {
    const { learning } = this.registry.tenant(caller.tenant);
    const [shelf, open] = await Promise.all([
      this.shelf.of(caller.tenant),
      learning.list('assessment', { learners: [learner], statuses: ['open'] }),
    ]);
    const same = open.find(({ data }) => data.subject === subject);
    if (same !== undefined) return view(shelf, same);
    if (open.length > 0) throw new Refusal('conflict', { detail: 'Another placement test is open. Finish it first.' });
    if (!subjectsOf(shelf).includes(subject)) throw new Refusal('not-possible', { detail: 'There are not enough items to place somebody in that subject.' });
    const fact = learningFact(caller, 'AssessmentStarted', learner, { assessment: randomUUID(), learner, subject, seed: randomInt(1_000_000) }, this.now());
    const [record] = decided(await learning.record([fact]));
    return view(shelf, record as Test);
  } // prettier-ignore

  /** Graded, kept as a fact of the test, and sent through the door like any answer. The learner hears no verdict on the way. */
  async answer(caller: Caller, learner: string, assessment: string, given: { readonly item: string; readonly response: string; readonly seconds: number }, state: RequestState): Promise<Placement> {
    const own = this.registry.tenant(caller.tenant);
    const [test, tokens, shelf] = await Promise.all([own.learning.get('assessment', assessment), own.access.tokensOf(learner), this.shelf.of(caller.tenant)]);
    if (test === undefined || !tokens.includes(test.data.learner)) throw notFound();
    if (test.status !== 'open') throw new Refusal('conflict', { detail: 'This test is over.' });
    const item = shelf.itemById.get(given.item);
    if (item === undefined || standingOf(shelf, test).next !== given.item) throw new Refusal('conflict', { detail: 'That item is not the one that is asked now. Load the test again.' });
    // Who says that they do not know is taken at their word: there is nothing for anybody to mark.
    const judged = feedbackOn(item, { ...given, hints: 0 }, 'en');
    const feedback = given.response.trim() === '' ? { ...judged, verdict: 'wrong' as const, share: 0 } : judged;
    const now = this.now();
    const data = { assessment, learner: test.data.learner };
    const answered = learningFact(caller, 'AssessmentAnswered', test.data.learner, { ...data, item: given.item, correct: feedback.verdict === 'right' }, now);
    // Through the door first: an answer that the test counts must be one that mastery knows.
    await this.recorder.record(caller, learner, item, { id: answered.id, at: now.toISOString(), response: given.response, seconds: given.seconds, hints: 0 }, feedback, state);
    const [after] = decided(await own.learning.record([answered], test.version)) as Test[];
    const standing = standingOf(shelf, after!);
    if (standing.next !== undefined) return view(shelf, after);
    const placed = placedOf(skillsOf(shelf, after!), standing).filter(({ known }) => known).map(({ skill }) => skill);
    const ended: NewLearningFact = learningFact(caller, 'AssessmentEnded', test.data.learner, { ...data, ability: standing.ability, error: standing.error, placed }, now);
    const [over] = decided(await own.learning.record([ended], after!.version)) as Test[];
    return view(shelf, over);
  } // prettier-ignore
}

const FEWEST_ITEMS = 10;

/** Only what is graded surely and at once can place somebody. */
const gradedItems = (shelf: Shelf) => shelf.items.filter(({ key }) => key.kind === 'choice' || key.kind === 'number');
const subjectsOf = (shelf: Shelf): string[] => {
  const counts = new Map<string, number>();
  for (const { skill } of gradedItems(shelf)) {
    const subject = shelf.skillById.get(skill)?.subject;
    if (subject !== undefined) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  return [...counts].filter(([, items]) => items >= FEWEST_ITEMS).map(([subject]) => subject);
};

const skillsOf = (shelf: Shelf, { data }: Test) => shelf.skills.filter(({ subject }) => subject === data.subject);

function standingOf(shelf: Shelf, test: Test): Assessment {
  const bank = bankOf(skillsOf(shelf, test), gradedItems(shelf));
  const known = new Set(bank.map(({ item }) => item));
  // An item that was taken from the catalogue since says nothing any more.
  const given = (test.data.given ?? []).filter(({ item }) => known.has(item));
  return assess(bank, given, { ...PLACEMENT, seed: test.data.seed });
}

function view(shelf: Shelf, test: Test | undefined): Placement {
  const choices = subjectsOf(shelf).map((subject) => ({ subject, title: shelf.subjectTitle(subject) }));
  if (test === undefined) return { assessment: null, subject: null, title: null, asked: 0, most: PLACEMENT.most, next: null, report: null, choices };
  const standing = standingOf(shelf, test);
  const titled = (skill: string) => ({ skill, title: shelf.skillById.get(skill)?.title ?? { en: skill } });
  const over = test.status === 'done';
  const known = new Set(test.data.placed ?? []);
  const start = skillsOf(shelf, test).filter(({ skill, prerequisites }) => !known.has(skill) && prerequisites.every((before) => known.has(before)));
  const next = over || standing.next === undefined ? undefined : shelf.itemById.get(standing.next);
  return {
    assessment: test.id,
    subject: test.data.subject,
    title: shelf.subjectTitle(test.data.subject),
    asked: test.data.given?.length ?? 0,
    most: PLACEMENT.most,
    next: next === undefined ? null : shownItem(next, shelf),
    report: over
      ? {
          known: [...known].map(titled),
          start: start.map(({ skill }) => titled(skill)),
          areas: standing.areas.filter(({ asked }) => asked > 0).map(({ area, asked, right }) => ({ ...titled(area), asked, right })),
          ability: test.data.ability!,
          error: test.data.error!,
          endedOn: test.changedAt.slice(0, 10),
        }
      : null,
    choices,
  };
} // prettier-ignore
