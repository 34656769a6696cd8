import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type Answer, EVENTS, routes } from '@pharos/contract';
import { type Call, Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { CLASS_DESK, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { type ClassDesk } from './class-desk.js';
import { pulses } from './pulses.js';

const c = routes.teaching;

/** What a class knows, for whoever teaches it. */
@Answers()
export class ClassesController implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    @Inject(CLASS_DESK) private readonly classes: ClassDesk,
    @Inject(WATERMARK) private readonly watermark: Watermark,
  ) {}

  onModuleDestroy(): void {
    this.closing.abort();
  }

  @Handles(c.list)
  async list(@Asked() { caller }: Call<typeof c.list>): Promise<Answer<typeof c.list>> {
    return { items: await this.classes.list(caller) };
  }

  @Handles(c.skills)
  async skills(@Asked() { caller, params, state }: Call<typeof c.skills>): Promise<Answer<typeof c.skills>> {
    state.through = await this.watermark.through();
    return { through: state.through, ...(await this.classes.skills(caller, params.class, state)) };
  }

  /** Once as JSON; as events until the reader leaves, or for as long as a session may be trusted without being looked at again. */
  @Handles(c.live)
  async live(@Asked() { caller, params, state, format }: Call<typeof c.live>): Promise<Answer<typeof c.live> | Download> {
    const learners = await this.classes.learnersOf(caller, params.class);
    const read = async () => ({ through: await this.watermark.through(), answers: await this.classes.pulse(caller, learners) });
    if (format === EVENTS)
      return new Download(EVENTS, pulses(read, { event: 'answers', changed: ({ answers }) => answers, closing: this.closing.signal }));
    const now = await read();
    state.through = now.through;
    return now;
  }
}
