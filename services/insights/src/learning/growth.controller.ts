import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { BADGES, LEARNERS, PLACEMENTS } from '../tokens.js';
import { type BadgeDesk } from './badge-desk.js';
import { type PlacementDesk } from './placement-desk.js';

const b = routes.badges;
const p = routes.placement;

/** What learners can show, and where they begin. */
@Answers()
export class GrowthController {
  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(BADGES) private readonly badges: BadgeDesk,
    @Inject(PLACEMENTS) private readonly placements: PlacementDesk,
  ) {}

  @Handles(b.list)
  async list(@Asked() { caller, params, state }: Call<typeof b.list>): Promise<Answer<typeof b.list>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.badges.list(caller.tenant, learner)) };
  }

  @Handles(b.take)
  async take(@Asked() { caller, params, body, state }: Call<typeof b.take>): Promise<Answer<typeof b.take>> {
    return this.badges.take(caller, await this.learners.find(caller, params.learner, state), body.subject);
  }

  @Handles(b.revoke)
  async revoke(@Asked() { caller, params, body, state }: Call<typeof b.revoke>): Promise<undefined> {
    await this.badges.revoke(caller, await this.learners.find(caller, params.learner, state), params.badge, body.reason);
  }

  @Handles(b.issuer)
  issuer(@Asked() { params }: Call<typeof b.issuer>): Promise<Answer<typeof b.issuer>> {
    return this.badges.issuer(params.tenant);
  }

  @Handles(b.check)
  check(@Asked() { params }: Call<typeof b.check>): Promise<Answer<typeof b.check>> {
    return this.badges.check(params.tenant, params.badge);
  }

  @Handles(p.get)
  async get(@Asked() { caller, params, state }: Call<typeof p.get>): Promise<Answer<typeof p.get>> {
    return this.placements.get(caller.tenant, await this.learners.find(caller, params.learner, state));
  }

  @Handles(p.start)
  async start(@Asked() { caller, params, body, state }: Call<typeof p.start>): Promise<Answer<typeof p.start>> {
    return this.placements.start(caller, await this.learners.find(caller, params.learner, state), body.subject);
  }

  @Handles(p.answer)
  async answer(@Asked() { caller, params, body, state }: Call<typeof p.answer>): Promise<Answer<typeof p.answer>> {
    return this.placements.answer(caller, await this.learners.find(caller, params.learner, state), params.assessment, body, state);
  }
}
