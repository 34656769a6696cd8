import { type PersonName, type PracticeItem, type QueuedAnswer } from '@pharos/contract';
import { type LearningRecord, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Names } from '../people/names.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { expectedOf, markOf } from '../practice/grade-answer.js';
import { type SendStatement } from '../practice/send-statement.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { markStatement } from './mark-statement.js';
import { type PlatformAnswer, type PlatformAnswers, titleOf } from './platform-answers.js';

interface Reads {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly access: LearnerAccess;
  readonly names: Names;
  readonly shelf: ContentShelf;
  readonly send: SendStatement | null;
  readonly platforms: PlatformAnswers;
  readonly now: Clock;
}

const SHOWN = 100;

/** Open answers that could not be graded surely: a teacher looks at them, and the learner hears no verdict before. */
export class QueueDesk {
  constructor(private readonly reads: Reads) {}

  /** @param statement the id under which the answer went through the door: the same answer waits once */
  async add(caller: Caller, learner: string, item: PracticeItem, response: string, statement: string): Promise<void> {
    const { vault, registry, now } = this.reads;
    const mark = markOf(item, response);
    if (mark.sure) return;
    const [sealed] = await vault.seal(caller.tenant, [{ learner, text: response }]);
    const fact = learningFact(
      caller, 'AnswerQueued', learner,
      { answer: statement, learner, item: item.item, skill: item.skill, response: sealed!, suggestion: mark.suggestion?.share ?? null, because: mark.because }, now(),
    ); // prettier-ignore
    decided(await registry.tenant(caller.tenant).learning.record([fact]));
  }

  /** Of the learners whom the caller may see; the longest waiting first. Answers of the practice place and of every platform. */
  async list(caller: Caller, state: RequestState): Promise<{ readonly items: QueuedAnswer[]; readonly waiting: number }> {
    const { names, shelf, platforms } = this.reads;
    const books = await shelf.of(caller.tenant);
    const [own, sent] = await Promise.all([this.queued(caller), platforms.list(caller, books)]);
    const waiting = [...own.map((one) => ({ at: one.openedAt, one })), ...sent.map((one) => ({ at: one.at, one }))];
    const shown = waiting.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, SHOWN).map(({ one }) => one);
    const people = await names.ofTokens(caller, shown.map((one) => ('data' in one ? one.data.learner : one.learner)), state);
    const opened = await this.opened(caller.tenant, shown.flatMap((one) => ('data' in one ? [one] : [])));
    const items = shown.map((one) => ('data' in one ? queuedHere(one, people, books, opened) : queuedThere(one, people, books)));
    return { items, waiting: waiting.length };
  }

  /** Open ones of the practice place. */
  private async queued(caller: Caller): Promise<readonly Queued[]> {
    const own = this.reads.registry.tenant(caller.tenant);
    const all = await own.learning.list('answer', { statuses: ['open'] });
    const canonical = await own.access.canonical(all.map(({ data }) => data.learner));
    const seen = await this.reads.access.among(caller, [...new Set(canonical)]);
    return all.filter((_, index) => seen.has(canonical[index]!));
  }

  private async opened(tenant: string, queued: readonly Queued[]): Promise<ReadonlyMap<string, string | null>> {
    if (queued.length === 0) return new Map();
    const texts = await this.reads.vault.unseal(tenant, queued.map(({ data }) => ({ learner: data.learner, text: data.response! })));
    return new Map(queued.map(({ id }, index) => [id, texts[index] ?? null]));
  }

  /** The teacher's mark is a fact, and goes through the door as a statement, so that mastery knows it like any other answer. */
  async mark(caller: Caller, learner: string, answer: string, body: Marking, state: RequestState): Promise<void> {
    const { registry, vault, send, now } = this.reads;
    const own = registry.tenant(caller.tenant);
    const [known, tokens] = await Promise.all([own.learning.get('answer', answer), own.access.tokensOf(learner)]);
    const before = known ?? (await this.arrived(caller, learner, answer));
    if (before === undefined || !tokens.includes(before.data.learner)) throw notFound();
    if (send === null) throw new Refusal('not-ready', { detail: 'This installation has no way to record marks.' });
    const reply = body.reply === undefined ? null : (await vault.seal(caller.tenant, [{ learner: before.data.learner, text: body.reply }]))[0]!;
    const fact = learningFact(caller, 'AnswerMarked', before.data.learner, { answer, learner: before.data.learner, share: body.share, reply }, now());
    decided(await own.learning.record('queued' in before ? [before.queued, fact] : [fact], body.version));
    state.identitiesRead.add(learner);
    const email = (await vault.people(caller.tenant, [learner])).get(learner)?.email;
    if (email === undefined || email === null) return;
    const sent = await send(caller.tenant, markStatement({ id: fact.id, answer, mbox: `mailto:${email}`, item: before.data.item, share: body.share, at: before.openedAt }));
    if (!sent) throw new Refusal('not-ready', { detail: 'The mark was kept, and mastery does not know it yet. An operator finds it in the log.' });
  }

  /** A platform's answer is queued in the moment in which it is marked, under the time when it was given. */
  private async arrived(caller: Caller, learner: string, statement: string) {
    const { platforms, shelf, vault } = this.reads;
    const found = await platforms.find(caller, learner, statement, await shelf.of(caller.tenant));
    if (found === undefined) return undefined;
    const { token, activity: item, skill, suggestion, because, at } = found;
    const [response] = found.response === null ? [null] : await vault.seal(caller.tenant, [{ learner: token, text: found.response }]);
    const data = { answer: statement, learner: token, item, skill, response: response!, suggestion, because };
    return { data, openedAt: at, queued: learningFact(caller, 'AnswerQueued', token, data, new Date(at)) };
  }
} // prettier-ignore

type Queued = LearningRecord<'answer'>;
interface Marking {
  readonly version: number;
  readonly share: number;
  readonly reply?: string | undefined;
}
type People = ReadonlyMap<string, PersonName>;

function queuedHere({ id, version, openedAt, data }: Queued, people: People, { itemById, skillById }: Shelf, opened: ReadonlyMap<string, string | null>): QueuedAnswer {
  const item = itemById.get(data.item);
  return {
    answer: id, version, learner: people.get(data.learner)!, item: data.item, question: item?.question ?? null, skill: data.skill,
    title: skillById.get(data.skill)?.title ?? { en: data.skill }, response: opened.get(id) ?? null,
    expected: item === undefined ? null : expectedOf(item), suggestion: data.suggestion, because: data.because, at: openedAt,
  };
} // prettier-ignore

function queuedThere(one: PlatformAnswer, people: People, shelf: Shelf): QueuedAnswer {
  const { answer, learner, item, activity, skill, question, response, suggestion, because, at } = one;
  return {
    answer, version: 1, learner: people.get(learner)!, item: activity, question, skill, title: titleOf(one, shelf), response,
    expected: item === undefined ? null : expectedOf(item), suggestion, because, at,
  };
} // prettier-ignore
