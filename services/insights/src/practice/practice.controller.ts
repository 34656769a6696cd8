import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { type Answer, faultIn, type PracticeItem, routes } from '@pharos/contract';
import { type Vault } from '@pharos/vault';
import { type Call, type Caller, type RequestState } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type QueueDesk } from '../learning/queue-desk.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { ACCESS, type Clock, CLOCK, KNOWLEDGE, QUEUE, SEND_STATEMENT, SHELF, VAULT, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { checkedSteps } from './checked-steps.js';
import { type ContentShelf } from './content-shelf.js';
import { feedbackOn, hintAfter } from './grade-answer.js';
import { type KnowledgeDesk } from './knowledge-desk.js';
import { practiceStatement } from './practice-statement.js';
import { type SendStatement } from './send-statement.js';

const g = routes.grading;
const p = routes.practice;

/** Grading for platforms, and the practice place. */
@Answers()
export class PracticeController {
  constructor(
    @Inject(SHELF) private readonly shelf: ContentShelf,
    @Inject(KNOWLEDGE) private readonly knowledge: KnowledgeDesk,
    @Inject(ACCESS) private readonly access: LearnerAccess,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(WATERMARK) private readonly watermark: Watermark,
    @Inject(SEND_STATEMENT) private readonly send: SendStatement | null,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(QUEUE) private readonly queue: QueueDesk,
  ) {}

  @Handles(g.grade)
  async grade(@Asked() { caller, body }: Call<typeof g.grade>): Promise<Answer<typeof g.grade>> {
    const { itemById } = await this.shelf.of(caller.tenant);
    return { items: body.answers.map((given) => feedbackOn(itemById.get(given.item), given, body.locale)) };
  }

  @Handles(g.steps)
  steps(@Asked() { body }: Call<typeof g.steps>): Promise<Answer<typeof g.steps>> {
    return Promise.resolve(checkedSteps(body));
  }

  @Handles(p.next)
  async next(@Asked() { caller, query, state }: Call<typeof p.next>): Promise<Answer<typeof p.next>> {
    state.through = await this.watermark.through();
    return { through: state.through, items: await this.knowledge.next(caller.tenant, await this.self(caller), query) };
  }

  @Handles(p.hint)
  async hint(@Asked() { caller, body }: Call<typeof p.hint>): Promise<Answer<typeof p.hint>> {
    const item = (await this.shelf.of(caller.tenant)).itemById.get(body.item);
    return { hint: item === undefined ? null : hintAfter(item, body.taken, body.locale) };
  }

  @Handles(p.answer)
  async answer(@Asked() { caller, body, state }: Call<typeof p.answer>): Promise<Answer<typeof p.answer>> {
    const item = (await this.shelf.of(caller.tenant)).itemById.get(body.item);
    if (item === undefined) throw new Refusal('not-possible', { detail: 'There is no such item. Ask for the next one.' });
    if (this.send === null) throw new Refusal('not-possible', { detail: 'This installation has no practice place of its own.' });
    const feedback = feedbackOn(item, body, body.locale);
    const statement = await this.record(caller, item, body, feedback, state);
    if (feedback.verdict === 'unsure') await this.queue.add(caller, await this.self(caller), item, body.response, statement);
    return { feedback, statement };
  }

  /** Who is signed in, as a learner of the roster. */
  private async self(caller: Caller): Promise<string> {
    const learner = caller.person === null ? undefined : await this.access.resolve(caller, caller.person);
    if (learner === undefined)
      throw new Refusal('not-possible', { detail: 'You are no learner of the roster, so there is nothing to practise.' });
    return learner;
  }

  private async record(
    caller: Caller,
    item: PracticeItem,
    { response, seconds, hints }: Call<typeof p.answer>['body'],
    feedback: Answer<typeof p.answer>['feedback'],
    state: RequestState,
  ): Promise<string> {
    const person = await this.self(caller);
    state.identitiesRead.add(person);
    const email = (await this.vault.people(caller.tenant, [person])).get(person)?.email;
    if (email === undefined || email === null)
      throw new Refusal('not-possible', { detail: 'The roster knows no address of yours, so answers cannot be sent.' });
    const id = randomUUID();
    const at = this.now().toISOString();
    const sent = await this.send!(caller.tenant, practiceStatement({ id, mbox: `mailto:${email}`, item, response, feedback, seconds, hints, at }));
    if (!sent) throw new Refusal('not-ready', { detail: 'The answer could not be kept. Please send it again.' });
    return id;
  } // prettier-ignore

  @Handles(p.content)
  async content(@Asked() { caller }: Call<typeof p.content>): Promise<Answer<typeof p.content>> {
    const { skills, items } = await this.shelf.of(caller.tenant);
    return { skills, items };
  }

  @Handles(p.putContent)
  async putContent(@Asked() { caller, body }: Call<typeof p.putContent>): Promise<undefined> {
    const { skills, items } = await this.shelf.of(caller.tenant);
    const merged = {
      skills: [...skills.filter(({ skill }) => !body.skills.some((one) => one.skill === skill)), ...body.skills],
      items: [...items.filter(({ item }) => !body.items.some((one) => one.item === item)), ...body.items],
    };
    const fault = faultIn(merged);
    if (fault !== undefined) throw new Refusal('not-possible', { detail: fault });
    await this.shelf.put(caller.tenant, body);
  }
}
