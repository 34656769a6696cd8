import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { type KnowledgeDesk } from '../practice/knowledge-desk.js';
import { ASSIGNING, KNOWLEDGE, LEARNERS, QUEUE } from '../tokens.js';
import { type AssigningDesk } from './assigning-desk.js';
import { type QueueDesk } from './queue-desk.js';

const a = routes.assigning;

/** What teachers decide about what comes next. */
@Answers()
export class AssigningController {
  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(KNOWLEDGE) private readonly knowledge: KnowledgeDesk,
    @Inject(ASSIGNING) private readonly assigning: AssigningDesk,
    @Inject(QUEUE) private readonly answers: QueueDesk,
  ) {}

  @Handles(a.paths)
  async paths(@Asked() { caller, params }: Call<typeof a.paths>): Promise<Answer<typeof a.paths>> {
    return { items: await this.assigning.paths(caller, params.class) };
  }

  @Handles(a.assign)
  assign(@Asked() { caller, params, body }: Call<typeof a.assign>): Promise<Answer<typeof a.assign>> {
    return this.assigning.assign(caller, params.class, body);
  }

  @Handles(a.change)
  change(@Asked() { caller, params, body }: Call<typeof a.change>): Promise<Answer<typeof a.change>> {
    return this.assigning.change(caller, params.class, params.path, body);
  }

  @Handles(a.withdraw)
  async withdraw(@Asked() { caller, params }: Call<typeof a.withdraw>): Promise<undefined> {
    await this.assigning.withdraw(caller, params.class, params.path);
  }

  @Handles(a.override)
  async override(@Asked() { caller, params, state }: Call<typeof a.override>): Promise<Answer<typeof a.override>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { current: await this.assigning.override(caller, learner, state) };
  }

  @Handles(a.put)
  async put(@Asked() { caller, params, body, state }: Call<typeof a.put>): Promise<Answer<typeof a.put>> {
    const learner = await this.learners.find(caller, params.learner, state);
    const [chosen] = await this.knowledge.next(caller.tenant, learner, { limit: 1, locale: 'en' });
    await this.assigning.putNext(caller, learner, body, chosen?.item.skill ?? null);
    return { current: await this.assigning.override(caller, learner, state) };
  }

  @Handles(a.release)
  async release(@Asked() { caller, params, state }: Call<typeof a.release>): Promise<undefined> {
    await this.assigning.release(caller, await this.learners.find(caller, params.learner, state));
  }

  @Handles(a.groups)
  groups(@Asked() { caller, params }: Call<typeof a.groups>): Promise<Answer<typeof a.groups>> {
    return this.assigning.groups(caller, params.class);
  }

  @Handles(a.setGroups)
  setGroups(@Asked() { caller, params, body }: Call<typeof a.setGroups>): Promise<Answer<typeof a.setGroups>> {
    return this.assigning.setGroups(caller, params.class, body);
  }

  @Handles(a.queue)
  queue(@Asked() { caller, state }: Call<typeof a.queue>): Promise<Answer<typeof a.queue>> {
    return this.answers.list(caller, state);
  }

  @Handles(a.mark)
  async mark(@Asked() { caller, params, body, state }: Call<typeof a.mark>): Promise<undefined> {
    await this.answers.mark(caller, await this.learners.find(caller, params.learner, state), params.answer, body, state);
  }
}
