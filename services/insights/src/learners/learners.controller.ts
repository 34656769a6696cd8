import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { z } from 'zod';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readJsonCursor, writeJsonCursor } from '../http/json-cursor.js';
import { LEARNERS } from '../tokens.js';
import { riskPoint } from './learner-view.js';
import { type LearnerReader } from './learner-reader.js';

const r = routes.learners;
const cursor = z.object({ after: z.string() });

/** Learners, one at a time, for those who may see them. */
@Answers()
export class LearnersController {
  constructor(@Inject(LEARNERS) private readonly learners: LearnerReader) {}

  @Handles(r.list)
  async list(@Asked() { caller, query, state }: Call<typeof r.list>): Promise<Answer<typeof r.list>> {
    const after = readJsonCursor(cursor, query.cursor)?.after;
    const page = await this.learners.list(caller, { ...query, after }, state);
    return { ...page, next: page.next === null ? null : writeJsonCursor({ after: page.next }) };
  }

  @Handles(r.get)
  async get(@Asked() { caller, params, state }: Call<typeof r.get>): Promise<Answer<typeof r.get>> {
    return this.learners.profile(caller, await this.learners.find(caller, params.learner, state), params.learner, state);
  }

  @Handles(r.timeline)
  async timeline(@Asked() { caller, params, query, state }: Call<typeof r.timeline>): Promise<Answer<typeof r.timeline>> {
    const { class: classId, from, to } = query;
    const window = { class: classId, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return this.learners.timeline(caller, await this.learners.find(caller, params.learner, state), window, state);
  }

  @Handles(r.risk)
  async risk(@Asked() { caller, params, query, state }: Call<typeof r.risk>): Promise<Answer<typeof r.risk>> {
    const scores = await this.learners.scores(caller, await this.learners.find(caller, params.learner, state));
    const wanted = scores.filter((score) => query.class === undefined || score.class === query.class);
    return { through: state.through!, points: wanted.map(riskPoint), possible: await this.learners.possible(caller, wanted) };
  }

  @Handles(r.reasons)
  async reasons(@Asked() { caller, params, state }: Call<typeof r.reasons>): Promise<Answer<typeof r.reasons>> {
    const profile = await this.learners.profile(caller, await this.learners.find(caller, params.learner, state), params.learner, state);
    return { items: profile.reasons };
  }
}
