import { Inject } from '@nestjs/common';
import { type ActionDone, type Answer, routes } from '@pharos/contract';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { type KnowledgeDesk } from '../practice/knowledge-desk.js';
import { DESK, KNOWLEDGE } from '../tokens.js';
import { acts } from './acts.js';
import { type AlertDesk } from './alert-desk.js';
import { alertDetail } from './alert-view.js';

const r = routes.alerts;

/** Alerts: looked at, and acted on. */
@Answers()
export class AlertsController {
  constructor(
    @Inject(DESK) private readonly desk: AlertDesk,
    @Inject(KNOWLEDGE) private readonly knowledge: KnowledgeDesk,
  ) {}

  @Handles(r.get)
  async get(@Asked() { caller, params, state }: Call<typeof r.get>): Promise<Answer<typeof r.get>> {
    const alert = await this.desk.find(caller, params.alert);
    const [{ steps, words }, practise] = await Promise.all([
      this.desk.history(caller, alert, state),
      this.knowledge.levers(caller.tenant, alert.latest.learner),
    ]);
    return alertDetail(alert, steps, words, practise);
  }

  @Handles(r.history)
  async history(@Asked() { caller, params, state }: Call<typeof r.history>): Promise<Answer<typeof r.history>> {
    const alert = await this.desk.find(caller, params.alert);
    return { items: [...(await this.desk.history(caller, alert, state)).steps] };
  }

  @Handles(r.acknowledge)
  acknowledge(@Asked() { caller, params, body, state }: Call<typeof r.acknowledge>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, version: body.version, act: acts.acknowledge }, state);
  }

  @Handles(r.assign)
  assign(@Asked() { caller, params, body, state }: Call<typeof r.assign>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, version: body.version, act: () => acts.assign(body) }, state);
  }

  @Handles(r.intervene)
  intervene(@Asked() { caller, params, body, state }: Call<typeof r.intervene>): Promise<ActionDone> {
    return this.desk.act(
      caller,
      { ...params, version: body.version, note: body.note, act: (context) => acts.intervene(body, context) },
      state,
    );
  }

  @Handles(r.snooze)
  snooze(@Asked() { caller, params, body, state }: Call<typeof r.snooze>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, version: body.version, act: () => acts.snooze(body) }, state);
  }

  @Handles(r.override)
  override(@Asked() { caller, params, body, state }: Call<typeof r.override>): Promise<ActionDone> {
    return this.desk.act(
      caller,
      { ...params, version: body.version, note: body.note, act: (context) => acts.override(body, context) },
      state,
    );
  }

  @Handles(r.contest)
  contest(@Asked() { caller, params, body, state }: Call<typeof r.contest>): Promise<ActionDone> {
    return this.desk.act(
      caller,
      { ...params, version: body.version, note: body.note, act: (context) => acts.contest(body, context) },
      state,
    );
  }

  @Handles(r.resolve)
  resolve(@Asked() { caller, params, body, state }: Call<typeof r.resolve>): Promise<ActionDone> {
    return this.desk.act(
      caller,
      { ...params, version: body.version, note: body.note, act: (context) => acts.resolve(body, context) },
      state,
    );
  }

  @Handles(r.reopen)
  reopen(@Asked() { caller, params, body, state }: Call<typeof r.reopen>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, version: body.version, act: () => acts.reopen(body) }, state);
  }

  @Handles(r.note)
  note(@Asked() { caller, params, body, state }: Call<typeof r.note>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, version: body.version, note: body.note, act: acts.note }, state);
  }

  @Handles(r.withdraw)
  withdraw(@Asked() { caller, params, body, state }: Call<typeof r.withdraw>): Promise<ActionDone> {
    return this.desk.act(caller, { ...params, act: () => acts.withdraw(body) }, state);
  }
}
