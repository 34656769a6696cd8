import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { LEARNERS, MINE } from '../tokens.js';
import { type MineDesk } from './mine-desk.js';

const m = routes.mine;

/** What learners may ask about themselves. */
@Answers()
export class MineController {
  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(MINE) private readonly mine: MineDesk,
  ) {}

  @Handles(m.reads)
  async reads(@Asked() { caller, params, state }: Call<typeof m.reads>): Promise<Answer<typeof m.reads>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.mine.readers(caller.tenant, learner)) };
  }

  @Handles(m.encouragement)
  async encouragement(@Asked() { caller, params, state }: Call<typeof m.encouragement>): Promise<Answer<typeof m.encouragement>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, items: await this.mine.encouragement(caller.tenant, learner) };
  }

  @Handles(m.outlook)
  async outlook(@Asked() { caller, params, state }: Call<typeof m.outlook>): Promise<Answer<typeof m.outlook>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.mine.outlook(caller.tenant, learner)) };
  }
}
