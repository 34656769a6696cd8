import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { type Answer, faultIn, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { ACCESS, type Clock, CLOCK, KNOWLEDGE, RECORDER, SHELF, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { checkedSteps } from './checked-steps.js';
import { type AnswerRecorder } from './answer-recorder.js';
import { type ContentShelf } from './content-shelf.js';
import { feedbackOn, hintAfter } from './grade-answer.js';
import { type KnowledgeDesk } from './knowledge-desk.js';
import { oneSelf } from './one-self.js';

const g = routes.grading;
const p = routes.practice;

/** Grading for platforms, and the practice place. */
@Answers()
export class PracticeController {
  constructor(
    @Inject(SHELF) private readonly shelf: ContentShelf,
    @Inject(KNOWLEDGE) private readonly knowledge: KnowledgeDesk,
    @Inject(ACCESS) private readonly access: LearnerAccess,
    @Inject(WATERMARK) private readonly watermark: Watermark,
    @Inject(RECORDER) private readonly recorder: AnswerRecorder,
    @Inject(CLOCK) private readonly now: Clock,
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
    return { through: state.through, items: await this.knowledge.next(caller.tenant, await oneSelf(caller, this.access), query) };
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
    const feedback = feedbackOn(item, body, body.locale);
    const id = randomUUID();
    const heard = { ...body, id, at: this.now().toISOString() };
    await this.recorder.record(caller, await oneSelf(caller, this.access), item, heard, feedback, state);
    return { feedback, statement: id };
  }

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
