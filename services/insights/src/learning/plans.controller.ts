import { Inject } from '@nestjs/common';
import { type Answer, CALENDAR, localeOf, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Call, Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound } from '../http/refusal.js';
import { type LearnerReader } from '../learners/learner-reader.js';
import { type InsightsSettings } from '../settings.js';
import { type Clock, CLOCK, LEARNERS, PLANS, REGISTRY, SETTINGS } from '../tokens.js';
import { calendarOf } from './calendar.js';
import { type PlanDesk } from './plan-desk.js';

const p = routes.plans;

/** A learner's week, as a page and for calendar programs. */
@Answers()
export class PlansController {
  constructor(
    @Inject(LEARNERS) private readonly learners: LearnerReader,
    @Inject(PLANS) private readonly plans: PlanDesk,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(SETTINGS) private readonly settings: InsightsSettings,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(p.week)
  async week(@Asked() { caller, params, query, state }: Call<typeof p.week>): Promise<Answer<typeof p.week>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.plans.week(caller.tenant, learner, query.week)) };
  }

  @Handles(p.keep)
  async keep(@Asked() { caller, params, body, state }: Call<typeof p.keep>): Promise<Answer<typeof p.keep>> {
    const learner = await this.learners.find(caller, params.learner, state);
    return { through: state.through!, ...(await this.plans.keep(caller, learner, body)) };
  }

  @Handles(p.openFeed)
  async openFeed(@Asked() { caller, params, body, state }: Call<typeof p.openFeed>): Promise<Answer<typeof p.openFeed>> {
    const learner = await this.learners.find(caller, params.learner, state);
    const secret = await this.registry.tenant(caller.tenant).calendarFeeds.open(learner, body.locale);
    return { url: `${this.settings.publicUrl.replace(/\/$/, '')}/api/calendar/${secret}` };
  }

  @Handles(p.closeFeed)
  async closeFeed(@Asked() { caller, params, state }: Call<typeof p.closeFeed>): Promise<undefined> {
    const learner = await this.learners.find(caller, params.learner, state);
    await this.registry.tenant(caller.tenant).calendarFeeds.revoke(learner);
  }

  /** No session: whoever has the address reads it, which is what a calendar program can do. It tells titles and days and no name. */
  @Handles(p.feed)
  async feed(@Asked() { params }: Call<typeof p.feed>): Promise<Download> {
    const feed = await this.registry.calendarFeed(params.secret);
    if (feed === undefined) throw notFound();
    const entries = await this.plans.feed(feed.tenant, feed.learner);
    const text = calendarOf(entries, localeOf(feed.locale), this.settings.publicUrl, this.now());
    return new Download(CALENDAR, once(new TextEncoder().encode(text)));
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a download is a stream of chunks, and this one has a single one
async function* once(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}
