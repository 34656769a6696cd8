import { type PracticeItem, type QueuedAnswer } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound, Refusal } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Names } from '../people/names.js';
import { type ContentShelf } from '../practice/content-shelf.js';
import { expectedOf, markOf } from '../practice/grade-answer.js';
import { type SendStatement } from '../practice/send-statement.js';
import { type Clock } from '../tokens.js';
import { decided, learningFact } from './facts.js';
import { markStatement } from './mark-statement.js';

interface Reads {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly access: LearnerAccess;
  readonly names: Names;
  readonly shelf: ContentShelf;
  readonly send: SendStatement | null;
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

  /** Of the learners whom the caller may see; the longest waiting first. */
  async list(caller: Caller, state: RequestState): Promise<{ readonly items: QueuedAnswer[]; readonly waiting: number }> {
    const { registry, access, names, vault, shelf } = this.reads;
    const own = registry.tenant(caller.tenant);
    const all = (await own.learning.list('answer', { statuses: ['open'] })).toReversed();
    const canonical = await own.access.canonical(all.map(({ data }) => data.learner));
    const seen = await access.among(caller, [...new Set(canonical)]);
    const mine = all.filter((_, index) => seen.has(canonical[index]!));
    const shown = mine.slice(0, SHOWN);
    const [people, { itemById, skillById }, responses] = await Promise.all([
      names.ofTokens(caller, shown.map(({ data }) => data.learner), state),
      shelf.of(caller.tenant),
      shown.length === 0 ? [] : vault.unseal(caller.tenant, shown.map(({ data }) => ({ learner: data.learner, text: data.response! }))),
    ]);
    const items = shown.map(({ id, version, openedAt, data }, index): QueuedAnswer => {
      const item = itemById.get(data.item);
      return {
        answer: id, version, learner: people.get(data.learner)!, item: data.item, question: item?.question ?? null, skill: data.skill,
        title: skillById.get(data.skill)?.title ?? { en: data.skill }, response: responses[index] ?? null,
        expected: item === undefined ? null : expectedOf(item), suggestion: data.suggestion, because: data.because, at: openedAt,
      };
    });
    return { items, waiting: mine.length };
  } // prettier-ignore

  /** The teacher's mark is a fact, and goes through the door as a statement, so that mastery knows it like any other answer. */
  async mark(caller: Caller, learner: string, answer: string, body: { readonly version: number; readonly share: number; readonly reply?: string | undefined }, state: RequestState): Promise<void> {
    const { registry, vault, send, now } = this.reads;
    const own = registry.tenant(caller.tenant);
    const [before, tokens] = await Promise.all([own.learning.get('answer', answer), own.access.tokensOf(learner)]);
    if (before === undefined || !tokens.includes(before.data.learner)) throw notFound();
    if (send === null) throw new Refusal('not-ready', { detail: 'This installation has no way to record marks.' });
    const reply = body.reply === undefined ? null : (await vault.seal(caller.tenant, [{ learner: before.data.learner, text: body.reply }]))[0]!;
    const fact = learningFact(caller, 'AnswerMarked', before.data.learner, { answer, learner: before.data.learner, share: body.share, reply }, now());
    decided(await own.learning.record([fact], body.version));
    state.identitiesRead.add(learner);
    const email = (await vault.people(caller.tenant, [learner])).get(learner)?.email;
    if (email === undefined || email === null) return;
    const sent = await send(caller.tenant, markStatement({ id: fact.id, answer, mbox: `mailto:${email}`, item: before.data.item, share: body.share, at: before.openedAt }));
    if (!sent) throw new Refusal('not-ready', { detail: 'The mark was kept, and mastery does not know it yet. An operator finds it in the log.' });
  } // prettier-ignore
}
