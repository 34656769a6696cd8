import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertPost } from '../delivery/alert-post.js';
import { mailSender, sendWebhook } from '../delivery/senders.js';
import { isSignedBy, SIGNATURE } from '../delivery/signature.js';
import { people, raised, token } from './district.js';
import { memoryVault } from './memory-vault.js';
import { openMailServer, openReceiver } from './receivers.js';
import { type World } from './world.js';

/** Telling counselors and machines of alerts, over a real log, registry, web server and mail server. */
export function deliveryChapter(world: () => World): void {
  describe('deliveries', () => {
    let receiver: Awaited<ReturnType<typeof openReceiver>>;
    let mail: Awaited<ReturnType<typeof openMailServer>>;
    let post: AlertPost;
    let secret: string;
    const north = () => world().registry.tenant('north');
    const now = () => new Date(world().clock.now);
    /** Raises an alert, moves it to the log, plans and sends. */
    const raise = async (alert: string, term: string) => {
      const act = { do: 'raise', raised: raised('north', alert, 'l2', { term }) } as const;
      const outcome = await north().alertCases.execute({ alert, by: 'policy', at: now().toISOString(), act });
      if (!outcome.ok) throw new Error(outcome.reason);
      await world().registry.outbox.relayOnce(world().log);
      await post.planOnce();
    };

    beforeAll(async () => {
      [receiver, mail] = await Promise.all([openReceiver(), openMailServer()]);
      const parts = {
        registry: world().registry,
        warehouse: world().warehouse,
        keepLetter: null,
        log: world().log,
        vault: memoryVault(people),
        now,
        publicUrl: 'https://pharos.test',
      };
      const sendMail = mailSender({ url: mail.url, from: 'Pharos <pharos@district.example>' });
      post = new AlertPost({ ...parts, sendWebhook, sendMail });
      await world().registry.outbox.relayOnce(world().log);
      while ((await post.planOnce()) > 0); // what earlier chapters raised; a round reads a bounded number of bytes
      await post.sendOnce();
      world().clock.now = Date.parse('2030-02-03T10:00:00Z');
      // What the probe made would be called too.
      for (const { id } of await north().webhooks.list()) await north().webhooks.remove(id);
      ({ secret } = await north().webhooks.create({ url: receiver.url, events: ['AlertRaised'] }));
      mail.mails.length = 0;
    });
    afterAll(() => Promise.all([receiver.close(), mail.close()]));

    it('reach a webhook signed, and the counselor by mail, with a link and no identity', async () => {
      await raise('told-1', 't1');
      await post.sendOnce();
      const [call] = receiver.calls;
      expect(isSignedBy(secret, call!.body, String(call!.headers[SIGNATURE]), now())).toBe(true);
      expect(JSON.parse(call!.body)).toMatchObject({
        type: 'AlertRaised',
        data: { alert: 'told-1', link: 'https://pharos.test/alerts/told-1' },
      });
      expect(mail.mails.map(({ to }) => to)).toEqual([['c1@north.example']]);
      expect(mail.mails[0]!.text).toContain('https://pharos.test/alerts/told-1');
      for (const text of [call!.body, mail.mails[0]!.text]) expect(text).not.toMatch(/Brook|Ben |north-l2|Nguyen/);
      const read = (await world().facts('IdentityRead')).at(-1)!;
      expect(read.data).toMatchObject({ by: 'insights-deliveries', whom: [token('north', 'c1')], why: 'deliver alerts' });
    });

    it('are never made twice, though the log is read again from the start', async () => {
      const [calls, mails] = [receiver.calls.length, mail.mails.length];
      await world().log.forget('insights-deliveries');
      expect(await post.planOnce()).toBeGreaterThan(0);
      world().clock.now += 3_600_000;
      expect(await post.sendOnce()).toBe(0);
      expect([receiver.calls.length, mail.mails.length]).toEqual([calls, mails]);
    });

    it('are tried again with growing pauses, with the same id, and given up with the reason', async () => {
      receiver.answer.status = 503;
      const before = receiver.calls.length;
      await raise('told-2', 't2');
      for (let i = 0; i < 20; i++) {
        await post.sendOnce();
        world().clock.now += 4 * 3_600_000 + 1;
      }
      const calls = receiver.calls.slice(before);
      expect(calls).toHaveLength(8);
      expect(new Set(calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      const delivery = (await north().deliveries.ofAlert('told-2')).find(({ channel }) => channel === 'webhook')!;
      expect(delivery).toMatchObject({ attempts: 8, deliveredAt: null, lastError: 'the receiver answered 503' });
      expect(delivery.abandonedAt).not.toBeNull();
      receiver.answer.status = 204;
    });

    it('wait through quiet hours for people, not for machines', async () => {
      world().clock.now = Date.parse('2030-02-10T21:00:00Z'); // 22:00 in Madrid
      const [calls, mails] = [receiver.calls.length, mail.mails.length];
      await raise('told-3', 't3');
      await post.sendOnce();
      expect([receiver.calls.length - calls, mail.mails.length - mails]).toEqual([1, 0]);
      world().clock.now = Date.parse('2030-02-11T06:00:01Z');
      await post.sendOnce();
      expect(mail.mails.length - mails).toBe(1);
    });

    it('come as one mail a day where the policy says digest, in the reader’s language', async () => {
      const { value, version } = await north().policies.get('alerts');
      await north().policies.set(
        'alerts',
        { ...value, delivery: 'daily-digest' },
        { by: 'u', at: now().toISOString(), expectedVersion: version },
      );
      const [user] = await north().users.byPerson(token('north', 'c1'));
      await north().users.change(user!.id, { locale: 'es' });
      const mails = mail.mails.length;
      await raise('told-4', 't4');
      await raise('told-5', 't5');
      await post.sendOnce();
      expect(mail.mails.length).toBe(mails);
      world().clock.now += 86_400_000;
      await post.sendOnce();
      const sent = mail.mails.slice(mails);
      expect(sent).toHaveLength(1);
      expect(sent[0]!.text).toMatch(/2 alertas nuevas/);
    });

    it('reach every admin with a mail address, once, where a model left what its backtest had promised', async () => {
      const admin = {
        login: 'head@north.example',
        password: 'a long enough password',
        roles: ['admin'],
        person: token('north', 'c2'),
      } as const;
      await north().users.create(admin);
      const { secret: key } = await north().webhooks.create({ url: receiver.url, events: ['ModelConcern'] });
      world().clock.now += 60_000;
      const observed = (id: string, concern: boolean) => {
        const report = { version: 1, rows: 400, threshold: 0.5, named: 40, figures: [], groups: [], withheld: 0, concern };
        const data = { model: 'm1', recipe: 'blend', target: 'not-passing', asOf: now().toISOString(), classes: ['algebra'], report };
        return { id, type: 'ModelObserved', version: 1, tenant: 'north', key: 'm1', occurredAt: now().toISOString(), data } as const;
      };
      await world().log.append([observed('as-promised', false), observed('left', true)]);
      const [calls, mails] = [receiver.calls.length, mail.mails.length];
      expect(await post.planOnce()).toBeGreaterThanOrEqual(2);
      await post.sendOnce();
      await world().log.forget('insights-concerns');
      await post.planOnce();
      await post.sendOnce();
      const sent = mail.mails.slice(mails);
      expect(sent.map(({ to }) => to)).toEqual([['c2@north.example']]);
      // a long line is folded for the way (quoted-printable)
      expect(sent[0]!.text.replaceAll(/=\r?\n/g, '')).toContain('https://pharos.test/models');
      const told = receiver.calls.slice(calls);
      expect(told.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ type: 'ModelConcern', data: { observation: 'left' } }]);
      expect(isSignedBy(key, told[0]!.body, String(told[0]!.headers[SIGNATURE]), now())).toBe(true);
    });

    it('reach every admin and who asks for it, once, where a source of data fell silent, and again where it is back', async () => {
      const { secret: key } = await north().webhooks.create({ url: receiver.url, events: ['SourceSilent'] });
      world().clock.now += 60_000;
      const noted = (id: string, silent: boolean) => {
        const data = { source: 'lms', since: '2030-02-01T00:00:00.000Z', silent };
        return { id, type: 'SourceSilent', version: 1, tenant: 'north', key: 'lms', occurredAt: now().toISOString(), data } as const;
      };
      const [calls, mails] = [receiver.calls.length, mail.mails.length];
      await world().log.append([noted('fell', true), noted('back', false)]);
      await post.planOnce();
      await post.sendOnce();
      await world().log.forget('insights-deliveries');
      await post.planOnce();
      await post.sendOnce();
      expect(mail.mails.slice(mails).map(({ to }) => to)).toEqual([['c2@north.example'], ['c2@north.example']]);
      expect(mail.mails.at(-1)!.text.replaceAll(/=\r?\n/g, '')).toContain('https://pharos.test/platforms');
      const told = receiver.calls.slice(calls);
      expect(told.map(({ body }) => (JSON.parse(body) as { data: { noted: string } }).data.noted).sort()).toEqual(['back', 'fell']);
      expect(isSignedBy(key, told[0]!.body, String(told[0]!.headers[SIGNATURE]), now())).toBe(true);
    });

    it('tell a platform that asks for it of each change of level, once, signed, by token and never by name; and nothing of an imported past', async () => {
      world().clock.now += 60_000;
      const { secret: key } = await north().webhooks.create({ url: receiver.url, events: ['LevelChanged'] });
      world().clock.now += 60_000;
      const learner = token('north', 'l2');
      const estimated = (id: string, level: string | null, occurredAt: string) => {
        const data = { learner, skill: 'plus', asOf: occurredAt, model: 'prior', estimate: 0.9, low: 0.7, high: 0.97, evidence: 6, level };
        return { id, type: 'MasteryEstimated', version: 1, tenant: 'north', key: learner, occurredAt, data } as const;
      };
      await world().log.append([
        estimated('level-1', 'proficient', now().toISOString()),
        estimated('level-old', 'mastered', '2029-01-01T00:00:00.000Z'),
      ]);
      const calls = receiver.calls.length;
      await post.planOnce();
      await post.sendOnce();
      await world().log.forget('insights-levels');
      await post.planOnce();
      await post.sendOnce();
      const told = receiver.calls.slice(calls);
      expect(told.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
        { type: 'LevelChanged', data: { learner, skill: 'plus', level: 'proficient' } },
      ]);
      expect(isSignedBy(key, told[0]!.body, String(told[0]!.headers[SIGNATURE]), now())).toBe(true);
      expect(told[0]!.body).not.toMatch(/Brook|Ben |Nguyen/);
    });

    it('pass by changes of level that nobody asks for', async () => {
      for (const { id } of await north().webhooks.list()) await north().webhooks.remove(id);
      const learner = token('north', 'l2');
      const data = {
        learner,
        skill: 'minus',
        asOf: now().toISOString(),
        model: 'prior',
        estimate: 0.5,
        low: 0.3,
        high: 0.7,
        evidence: 4,
        level: 'familiar',
      };
      await world().log.append([
        { id: 'level-unasked', type: 'MasteryEstimated', version: 1, tenant: 'north', key: learner, occurredAt: now().toISOString(), data },
      ]); // prettier-ignore
      await post.planOnce();
      expect(await post.sendOnce()).toBe(0);
      expect(await world().log.committed('insights-levels', 'scores')).toEqual(await world().log.heads('scores'));
    });

    it('say why nothing can be sent where no mail server is configured', async () => {
      expect(await mailSender(null)({ to: 'a@b.example', subject: 's', text: 't', id: '1' })).toEqual({
        ok: false,
        reason: 'no mail server is configured',
      });
    });
  });
}
