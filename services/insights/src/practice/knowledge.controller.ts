import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type Answer, EVENTS, routes } from '@pharos/contract';
import { type MasteryLevel } from '@pharos/learner-models';
import { pulses } from '../classes/pulses.js';
import { type Call, Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { KNOWLEDGE, LEARNERS, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { type KnowledgeDesk } from './knowledge-desk.js';

const k = routes.knowledge;

type Levels = Answer<typeof k.mastery>['levels'];
/** The scheme's shape is checked where it is set. */
const named = (levels: readonly MasteryLevel[]): Levels => levels as Levels;

/** What a learner knows and what comes next, for those who may see them. */
@Answers()
export class KnowledgeController implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(KNOWLEDGE) private readonly knowledge: KnowledgeDesk,
    @Inject(WATERMARK) private readonly watermark: Watermark,
  ) {}

  onModuleDestroy(): void {
    this.closing.abort();
  }

  @Handles(k.mastery)
  async mastery(@Asked() { caller, params, state }: Call<typeof k.mastery>): Promise<Answer<typeof k.mastery>> {
    const learner = await this.learners.find(caller, params.learner, state);
    const { levels, of } = await this.knowledge.mastery(caller.tenant, [learner]);
    return { through: state.through!, levels: named(levels), skills: of.get(learner) ?? [] };
  }

  /** Once as JSON; as events until the reader leaves, or for as long as a key may be trusted without being looked at again. */
  @Handles(k.levels)
  async levels(@Asked() { caller, params, state, format }: Call<typeof k.levels>): Promise<Answer<typeof k.levels> | Download> {
    const learner = await this.learners.find(caller, params.learner, state);
    const read = async (): Promise<Answer<typeof k.levels>> => {
      const through = await this.watermark.through();
      const { of } = await this.knowledge.mastery(caller.tenant, [learner]);
      return { through, levels: (of.get(learner) ?? []).map(({ skill, level }) => ({ skill, level })) };
    };
    if (format === EVENTS)
      return new Download(EVENTS, pulses(read, { event: 'levels', changed: ({ levels }) => levels, closing: this.closing.signal }));
    return read();
  }

  @Handles(k.masteries)
  async masteries(@Asked() { caller, body, state }: Call<typeof k.masteries>): Promise<Answer<typeof k.masteries>> {
    const tokens = await this.learners.findMany(caller, body.learners, state);
    const { levels, of } = await this.knowledge.mastery(caller.tenant, [...new Set(tokens.filter((token) => token !== undefined))]);
    const items = body.learners.map((learner, at) => ({ learner, skills: tokens[at] === undefined ? null : (of.get(tokens[at]) ?? []) }));
    return { through: state.through!, levels: named(levels), items };
  }

  @Handles(k.skills)
  async skills(@Asked() { caller, params, state }: Call<typeof k.skills>): Promise<Answer<typeof k.skills>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, skills: await this.knowledge.skills(caller.tenant, learner) };
  }

  @Handles(k.next)
  async next(@Asked() { caller, params, query, state }: Call<typeof k.next>): Promise<Answer<typeof k.next>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, items: await this.knowledge.next(caller.tenant, learner, query) };
  }

  @Handles(k.reviews)
  async reviews(@Asked() { caller, params, state }: Call<typeof k.reviews>): Promise<Answer<typeof k.reviews>> {
    const learner = await this.learners.find(caller, params.learner, state);
    const skills = await this.knowledge.skills(caller.tenant, learner);
    const items = skills.flatMap(({ standing: { reviewAt, due }, ...skill }) => (reviewAt === null ? [] : [{ ...skill, reviewAt, due }]));
    return { through: state.through!, items: items.sort((a, b) => (a.reviewAt < b.reviewAt ? -1 : 1)) };
  }
}
