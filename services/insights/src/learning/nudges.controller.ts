import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { CLOCK, type Clock, LEARNERS, NUDGES, REGISTRY } from '../tokens.js';
import { type NudgeDesk } from './nudge-desk.js';

const n = routes.nudges;

/** Words to learners: who allows them, and what they do. */
@Answers()
export class NudgesController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(NUDGES) private readonly nudges: NudgeDesk,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(n.policy)
  async policy(@Asked() { caller }: Call<typeof n.policy>): Promise<Answer<typeof n.policy>> {
    return this.registry.tenant(caller.tenant).policies.get('learning');
  }

  @Handles(n.putPolicy)
  async putPolicy(@Asked() { caller, body }: Call<typeof n.putPolicy>): Promise<Answer<typeof n.putPolicy>> {
    const edit = { by: caller.id, at: this.now().toISOString(), expectedVersion: body.version };
    const { digest, ...value } = body.value;
    const change = await this.registry.tenant(caller.tenant).policies.set('learning', { ...value, ...(digest && { digest }) }, edit);
    if (!change.ok) throw new Refusal(change.code === 'conflict' ? 'conflict' : 'not-possible', { detail: change.reason });
    return { version: change.version, value: body.value };
  }

  @Handles(n.consent)
  async consent(@Asked() { caller, params, body, state }: Call<typeof n.consent>): Promise<undefined> {
    await this.nudges.consent(caller, await this.learners.find(caller, params.learner, state), body.granted);
  }

  @Handles(n.effects)
  effects(@Asked() { caller }: Call<typeof n.effects>): Promise<Answer<typeof n.effects>> {
    return this.nudges.effects(caller.tenant);
  }
}
