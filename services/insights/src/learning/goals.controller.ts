import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { GOALS, LEARNERS, VOICE } from '../tokens.js';
import { type GoalDesk } from './goal-desk.js';
import { type VoiceDesk } from './voice-desk.js';

const g = routes.goals;
const v = routes.voice;

/** What learners want, and what they say of what is said of them. */
@Answers()
export class GoalsController {
  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(GOALS) private readonly goals: GoalDesk,
    @Inject(VOICE) private readonly voice: VoiceDesk,
  ) {}

  @Handles(g.list)
  async list(@Asked() { caller, params, state }: Call<typeof g.list>): Promise<Answer<typeof g.list>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.goals.list(caller.tenant, learner)) };
  }

  @Handles(g.set)
  async set(@Asked() { caller, params, body, state }: Call<typeof g.set>): Promise<Answer<typeof g.set>> {
    return this.goals.set(caller, await this.learners.find(caller, params.learner, state), body);
  }

  @Handles(g.change)
  async change(@Asked() { caller, params, body, state }: Call<typeof g.change>): Promise<Answer<typeof g.change>> {
    return this.goals.change(caller, await this.learners.find(caller, params.learner, state), params.goal, body);
  }

  @Handles(g.drop)
  async drop(@Asked() { caller, params, state }: Call<typeof g.drop>): Promise<undefined> {
    await this.goals.drop(caller, await this.learners.find(caller, params.learner, state), params.goal);
  }

  @Handles(v.get)
  async get(@Asked() { caller, params, state }: Call<typeof v.get>): Promise<Answer<typeof v.get>> {
    return this.voice.get(caller.tenant, await this.learners.find(caller, params.learner, state));
  }

  @Handles(v.say)
  async say(@Asked() { caller, params, body, state }: Call<typeof v.say>): Promise<undefined> {
    await this.voice.say(caller, await this.learners.find(caller, params.learner, state), body);
  }

  @Handles(v.interests)
  async interests(@Asked() { caller, params, body, state }: Call<typeof v.interests>): Promise<undefined> {
    await this.voice.interests(caller, await this.learners.find(caller, params.learner, state), body.interests);
  }

  @Handles(v.preferences)
  async preferences(@Asked() { caller, params, body, state }: Call<typeof v.preferences>): Promise<undefined> {
    await this.voice.preferences(caller, await this.learners.find(caller, params.learner, state), body);
  }

  @Handles(v.contests)
  async contests(@Asked() { caller, params, state }: Call<typeof v.contests>): Promise<Answer<typeof v.contests>> {
    return { items: await this.voice.contestsOf(caller, await this.learners.find(caller, params.learner, state), state) };
  }

  @Handles(v.contest)
  async contest(@Asked() { caller, params, body, state }: Call<typeof v.contest>): Promise<Answer<typeof v.contest>> {
    return this.voice.contest(caller, await this.learners.find(caller, params.learner, state), body, state);
  }

  @Handles(v.open)
  async open(@Asked() { caller, state }: Call<typeof v.open>): Promise<Answer<typeof v.open>> {
    return { items: await this.voice.open(caller, state) };
  }

  @Handles(v.answer)
  async answer(@Asked() { caller, params, body, state }: Call<typeof v.answer>): Promise<Answer<typeof v.answer>> {
    return this.voice.answer(caller, await this.learners.find(caller, params.learner, state), params.contest, body, state);
  }
}
