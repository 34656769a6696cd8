import { setTimeout as sleep } from 'node:timers/promises';
import { type Fact, readFact } from '@pharos/facts';
import { type EventLog } from '@pharos/event-log';
import { type AlertCase, type AlertDelivery, type LevelTold, type NudgeTold, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Warehouse } from '@pharos/warehouse';
import { identityRead } from '../people/identity-read.js';
import { timeZoneOf } from '../tenant-zone.js';
import { nextAttempt } from './back-off.js';
import {
  alertMail,
  concernBody,
  concernMail,
  digestMail,
  levelBody,
  nudgeBody,
  nudgeMail,
  silenceBody,
  silenceMail,
  webhookBody,
} from './messages.js';
import { type DeliveredFact, planDeliveries } from './plan.js';
import { OLDEST_MS, planConcerns, planForAdmins } from './plan-concerns.js';
import { planLevels } from './plan-levels.js';
import { planWords } from './plan-words.js';
import { type KeepLetter } from './letters.js';
import { sendLetter } from './send-letter.js';
import { stillWanted } from './still-wanted.js';
import { type SendMail, type Sent, type SendWebhook } from './senders.js';

const CONSUMER = 'insights-deliveries';
/** Longer than any attempt takes: a sender that died is replaced after it. */
const LEASE_MS = 60_000;
const AT_ONCE = 50;
/** A log that did not answer is asked again after so long. */
const AWAY_MS = 1_000;

const told = (type: string): type is DeliveredFact => type === 'AlertRaised' || type === 'AlertReopened' || type === 'AlertReleased';

export interface AlertPostParts {
  readonly registry: Registry;
  readonly vault: Vault;
  readonly log: EventLog;
  readonly now: () => Date;
  readonly publicUrl: string;
  readonly sendWebhook: SendWebhook;
  readonly sendMail: SendMail;
  readonly warehouse: Warehouse;
  /** Where teachers' letters go without a mail server; null with one. */
  readonly keepLetter: KeepLetter | null;
}

/** Tells counselors and webhooks of alerts, admins of models that left what they had promised and of sources that fell silent, and learners and teachers what was decided for them: plans from the log's facts, sends what is due, tries again, gives up. */
export class AlertPost {
  constructor(private readonly parts: AlertPostParts) {}

  /** Plans deliveries for new facts of alerts, models, levels and nudges; returns how many facts were read. A repeat plans nothing twice. */
  async planOnce(): Promise<number> {
    const { log } = this.parts;
    const committed = await log.committed(CONSUMER, 'alerts');
    let facts = 0;
    for (let partition = 0; partition < log.partitions('alerts'); partition++) {
      const stored = await log.read('alerts', partition, committed[partition] ?? 0);
      for (const { stored: each } of stored) {
        const read = readFact(each);
        // What is no fact is the projector's to dead-letter; there is nobody to tell of it.
        if (!read.ok) continue;
        if (told(read.fact.type)) await this.plan(read.fact, read.fact.type);
        if (read.fact.type === 'SourceSilent') await this.planSilence(read.fact);
      }
      const last = stored.at(-1);
      if (last) await log.commit(CONSUMER, 'alerts', partition, last.position.offset + 1);
      facts += stored.length;
    }
    return facts + (await planConcerns(this.parts)) + (await planLevels(this.parts)) + (await planWords(this.parts));
  }

  private async plan({ tenant, key: alertId, occurredAt: since }: Fact, because: DeliveredFact): Promise<void> {
    const own = this.parts.registry.tenant(tenant);
    const alert = await own.alertCases.get(alertId);
    if (!alert) return;
    const [policy, webhooks, known] = await Promise.all([
      own.policies.get('alerts', alert.latest.school),
      own.webhooks.list(),
      this.parts.registry.tenants.get(tenant),
    ]);
    const plans = planDeliveries({
      alert,
      because,
      since,
      policy: policy.value,
      webhooks,
      timeZone: timeZoneOf(known),
      now: this.parts.now(),
    });
    for (const plan of plans) await own.deliveries.plan(plan);
  }

  /** Admins hear of a source that fell silent, and of its return, unless the log is only read again. */
  private async planSilence(fact: Fact): Promise<void> {
    const now = this.parts.now();
    if (now.getTime() - Date.parse(fact.recordedAt) < OLDEST_MS)
      await planForAdmins(this.parts.registry, fact, 'SourceSilent', 'source', now);
  }

  /** Sends what is due, for every tenant; returns how many deliveries were tried. */
  async sendOnce(): Promise<number> {
    let tried = 0;
    for (const { id: tenant } of await this.parts.registry.tenants.list()) {
      const due = await this.parts.registry.tenant(tenant).deliveries.takeDue(this.parts.now(), AT_ONCE, LEASE_MS);
      const digests = Map.groupBy(
        due.filter(({ channel }) => channel === 'digest'),
        ({ target }) => target,
      );
      for (const delivery of due.filter(({ channel }) => channel !== 'digest'))
        await this.settle(tenant, [delivery], await this.send(tenant, delivery));
      for (const [target, group] of digests) await this.settle(tenant, group, await this.sendDigest(tenant, target, group));
      tried += due.length;
    }
    return tried;
  }

  private async settle(tenant: string, deliveries: readonly AlertDelivery[], sent: Sent): Promise<void> {
    const own = this.parts.registry.tenant(tenant).deliveries;
    for (const { id, attempts } of deliveries) {
      const now = this.parts.now();
      await (sent.ok ? own.delivered(id, now) : own.failed(id, sent.reason, sent.final === true ? null : nextAttempt(attempts, now)));
    }
  }

  private async send(tenant: string, delivery: AlertDelivery): Promise<Sent> {
    const own = this.parts.registry.tenant(tenant);
    const { publicUrl } = this.parts;
    const alert = delivery.about === 'alert' ? await own.alertCases.get(delivery.alert) : undefined;
    if (delivery.about === 'alert' && !alert) return { ok: false, reason: 'the alert is gone' };
    if (delivery.about === 'letter')
      return sendLetter(this.parts, tenant, delivery, () => this.readerOf(tenant, delivery.target, 'deliver letters'));
    const nudge = delivery.about === 'nudge' ? (delivery.told as NudgeTold) : undefined;
    if (nudge && !(await stillWanted(own, nudge.learner)))
      return { ok: false, reason: 'the learner is not to be written to any more', final: true };
    if (delivery.channel === 'webhook') {
      const hook = (await own.webhooks.list()).find(({ id, active }) => id === delivery.target && active);
      if (!hook) return { ok: false, reason: 'the webhook was removed or switched off' };
      const now = this.parts.now();
      return this.parts.sendWebhook({
        url: hook.url,
        secret: hook.secret,
        id: delivery.id,
        now,
        body: bodyOf(delivery, alert, publicUrl, now),
      });
    }
    const reader = await this.readerOf(tenant, delivery.target, nudge ? 'deliver nudges' : 'deliver alerts');
    if (!reader.ok) return reader;
    const about = { ...reader, publicUrl };
    const mail = nudge
      ? nudgeMail(nudge, about)
      : alert
        ? alertMail(alert, about)
        : (delivery.about === 'source' ? silenceMail : concernMail)(about);
    return this.parts.sendMail({ ...mail, to: reader.email, id: delivery.id });
  }

  private async sendDigest(tenant: string, target: string, group: readonly AlertDelivery[]): Promise<Sent> {
    const reader = await this.readerOf(tenant, target);
    if (!reader.ok) return reader;
    const mail = digestMail(group.length, { locale: reader.locale, publicUrl: this.parts.publicUrl });
    return this.parts.sendMail({ ...mail, to: reader.email, id: group[0]!.id });
  }

  /** Address, language and time zone of a person. Reading the address is reading an identity, and so a fact. */
  private async readerOf(tenant: string, token: string, why = 'deliver alerts') {
    const { registry, vault, log, now } = this.parts;
    const [people, users, known] = await Promise.all([
      vault.people(tenant, [token]),
      registry.tenant(tenant).users.byPerson(token),
      registry.tenants.get(tenant),
    ]);
    const email = people.get(token)?.email;
    if (!email) return { ok: false as const, reason: 'the person has no mail address' };
    await log.append([identityRead(tenant, CONSUMER, [token], why, now())]);
    return { ok: true as const, email, locale: users[0]?.locale ?? 'en', timeZone: timeZoneOf(known) };
  }

  /**
   * Plans and sends until stopped: wakes on news in the log, and every `everyMs` for what has become due. An error of one
   * round is handed to `onError`, and the next round tries again.
   */
  start(everyMs: number, onError: (error: unknown) => void): { stop(): Promise<void> } {
    const running = { on: true };
    const round = async () => {
      while (running.on) {
        try {
          await this.planOnce();
          await this.sendOnce();
        } catch (error) {
          onError(error);
        }
        await this.newsOrPause(everyMs, (error) => running.on && onError(error));
      }
    };
    const ended = round();
    return {
      stop: async () => {
        running.on = false;
        await ended;
      },
    };
  }

  /** A log that is away has no news: that is told, and looked at again in a moment. Thrown from here it would end the process. */
  private async newsOrPause(everyMs: number, onError: (error: unknown) => void): Promise<void> {
    try {
      await this.parts.log.waitForNews(['alerts', 'models', 'scores', 'learning'], everyMs);
    } catch (error) {
      onError(error);
      await sleep(Math.min(everyMs, AWAY_MS));
    }
  }
}

function bodyOf(delivery: AlertDelivery, alert: AlertCase | undefined, publicUrl: string, now: Date): string {
  if (delivery.about === 'nudge') return nudgeBody({ id: delivery.id, told: delivery.told as NudgeTold }, publicUrl, now);
  if (delivery.told !== null) return levelBody({ id: delivery.id, told: delivery.told as LevelTold }, now);
  if (delivery.about === 'source') return silenceBody(delivery, publicUrl, now);
  return alert ? webhookBody(delivery, alert, publicUrl, now) : concernBody(delivery, publicUrl, now);
}
