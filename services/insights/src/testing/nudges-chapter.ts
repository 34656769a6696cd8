import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultLearningPolicy, type LearningPolicy } from '@pharos/registry';
import { AlertPost } from '../delivery/alert-post.js';
import { letterFiles } from '../delivery/letters.js';
import { mailSender, sendWebhook } from '../delivery/senders.js';
import { isSignedBy, SIGNATURE } from '../delivery/signature.js';
import { people, token } from './district.js';
import { memoryVault } from './memory-vault.js';
import { openMailServer, openReceiver } from './receivers.js';
import { type World } from './world.js';

const DAY = 86_400_000;

/** Words to learners over a real log, registry, web server and mail server, and whether they help. Comes last: it moves the clock. */
export function nudgesChapter(world: () => World): void {
  describe('words to learners and teachers', () => {
    let receiver: Awaited<ReturnType<typeof openReceiver>>;
    let mail: Awaited<ReturnType<typeof openMailServer>>;
    let post: AlertPost;
    const l1 = token('north', 'l1');
    const north = () => world().registry.tenant('north');
    const now = () => new Date(world().clock.now);
    const allow = (change: Partial<LearningPolicy>) => north().policies.set('learning', { ...defaultLearningPolicy, quietHours: { from: 19, to: 8 }, ...change }, { by: 'u', at: now().toISOString() });
    const decide = async (nudge: string, channel: 'mail' | 'webhook' | 'none', more: { learner?: string; heldOut?: boolean; at?: number } = {}) => {
      const { learner = l1, heldOut = false, at = world().clock.now } = more;
      const data = { nudge, learner, by: 'nudges', reason: 'review-due', channel, heldOut } as const;
      const outcome = await north().learning.record([{ id: `fact-${nudge}`, type: 'NudgeDecided', version: 1, tenant: 'north', key: learner, occurredAt: new Date(at).toISOString(), data }]);
      if (!outcome.ok) throw new Error(outcome.reason);
    };
    const deliver = async () => {
      await world().registry.outbox.relayOnce(world().log);
      while ((await post.planOnce()) > 0);
      await post.sendOnce();
    };

    beforeAll(async () => {
      [receiver, mail] = await Promise.all([openReceiver(), openMailServer()]);
      const parts = { registry: world().registry, warehouse: world().warehouse, keepLetter: null, log: world().log, vault: memoryVault(people), now, publicUrl: 'https://pharos.test' };
      post = new AlertPost({ ...parts, sendWebhook, sendMail: mailSender({ url: mail.url, from: 'Pharos <pharos@district.example>' }) });
      world().clock.now = Date.parse('2030-09-02T10:00:00Z');
      for (const { id } of await north().webhooks.list()) await north().webhooks.remove(id);
      await allow({ nudges: 'on' });
      const preferences = await north().learning.get('preferences', l1);
      if (preferences) await say(true);
      const [user] = await north().users.byPerson(l1);
      await north().users.change(user!.id, { locale: 'es' });
      await deliver();
      mail.mails.length = 0;
    });
    afterAll(() => Promise.all([receiver.close(), mail.close()]));
    const say = async (nudges: boolean) => {
      const fact = { id: `p-${world().clock.now}-${nudges}`, type: 'PreferencesSet', version: 1, tenant: 'north', key: l1, occurredAt: now().toISOString(), data: { learner: l1, by: 'u', streaks: true, nudges } } as const;
      await north().learning.record([fact]);
    };

    it('reach the learner by mail in their own language, once, with a link and no name; who is held out is not written to', async () => {
      await decide('mail-1', 'mail');
      await decide('held', 'none', { learner: token('north', 'l2'), heldOut: true });
      await deliver();
      await world().log.forget('insights-nudges');
      await deliver();
      expect(mail.mails.map(({ to }) => to)).toEqual([['l1@north.example']]);
      const text = mail.mails[0]!.text.replaceAll(/=\r?\n/g, '');
      expect(text).toContain('https://pharos.test/me');
      expect(text).toMatch(/Bastan unos minutos/);
      expect(text).not.toMatch(/Ana|Alvarez|north-l1/);
      expect((await world().facts('IdentityRead')).at(-1)!.data).toMatchObject({ whom: [l1], why: 'deliver nudges' });
    });

    it('wait until the quiet hours are over, and are not sent to who said no meanwhile', async () => {
      world().clock.now = Date.parse('2030-09-03T20:00:00Z'); // 22:00 in Madrid
      const before = mail.mails.length;
      await decide('late', 'mail');
      await deliver();
      expect(mail.mails.length).toBe(before);
      await say(false);
      world().clock.now = Date.parse('2030-09-04T06:00:01Z');
      await post.sendOnce();
      expect(mail.mails.length).toBe(before);
      const [delivery] = await north().deliveries.ofAlert('late');
      expect(delivery).toMatchObject({ about: 'nudge', deliveredAt: null, lastError: 'the learner is not to be written to any more' });
      expect(delivery!.abandonedAt).not.toBeNull();
      world().clock.now += 1_000;
      await say(true);
    });

    it('go to the platform that asks for them, signed, by token and never by name', async () => {
      world().clock.now = Date.parse('2030-09-05T10:00:00Z');
      const { secret } = await north().webhooks.create({ url: receiver.url, events: ['NudgeDecided'] });
      world().clock.now += 60_000;
      await decide('hook', 'webhook');
      await deliver();
      const [call] = receiver.calls;
      expect(isSignedBy(secret, call!.body, String(call!.headers[SIGNATURE]), now())).toBe(true);
      expect(JSON.parse(call!.body)).toMatchObject({ type: 'NudgeDecided', data: { learner: l1, reason: 'review-due', link: 'https://pharos.test/me' } });
      expect(call!.body).not.toMatch(/Ana|Alvarez/);
    });

    it('need a guardian’s word where the tenant says so; it is a fact, and the page shows how it stands', async () => {
      await allow({ nudges: 'with-consent' });
      const [guardian, learner] = await Promise.all([world().signIn('north', 'guardian'), world().signIn('north', 'learner')]);
      const consent = `/learners/${l1}/nudge-consent`;
      expect((await world().ask('PUT', consent, { as: learner, body: { granted: true } })).status).toBe(403);
      const standing = async () => ((await world().ask('GET', `/learners/${l1}/voice`, { as: guardian })) as unknown as { body: { consent: object } }).body.consent;
      expect(await standing()).toEqual({ needed: true, given: false });
      expect((await world().ask('PUT', consent, { as: guardian, body: { granted: true } })).status).toBe(204);
      const said = (await world().facts('ConsentChanged')).filter(({ data }) => (data as { learner: string }).learner === l1);
      expect(said).toHaveLength(1);
      // As the projector does it.
      const facts = said.map((fact, offset) => ({ partition: 0, offset, fact }));
      await world().registry.folds.apply({ consumer: 'nudges-of-test', topic: 'governance', partition: 0, facts, nextOffset: 1 });
      expect(await standing()).toEqual({ needed: true, given: true });
    });

    it('a teacher’s letter comes by mail, or as a file where no mail server is configured; it names nobody, and that it left is a fact', async () => {
      world().clock.now = Date.parse('2030-10-04T10:00:00Z');
      const write = async (digest: string) => {
        const classes = [{ class: 'algebra', learners: 30, active: 22, answers: 410, gained: 17, gaps: [{ skill: 'plus', weak: 9, tried: 20 }, { skill: 'gone', weak: 2, tried: 3 }], ready: 6, waiting: 1 }];
        const data = { digest, teacher: token('north', 't1'), by: 'digest', week: '2030-09-30', classes };
        const outcome = await north().learning.record([{ id: digest, type: 'DigestWritten', version: 1, tenant: 'north', key: data.teacher, occurredAt: now().toISOString(), data }]);
        if (!outcome.ok) throw new Error(outcome.reason);
      };
      const mails = mail.mails.length;
      await write('letter-1');
      await deliver();
      await world().log.forget('insights-nudges');
      await deliver();
      const sent = mail.mails.slice(mails);
      expect(sent.map(({ to }) => to)).toEqual([['t1@north.example']]);
      const text = sent[0]!.text.replaceAll(/=\r?\n/g, '');
      expect(text).toMatch(/22 of 30 learners practised: 410 answers\. 17 skills were newly reached\. 6 learners are ready to go on\. 1 answer waits for you\./);
      expect(text).toMatch(/plus: 9 of 20 who tried/);
      expect(text).not.toMatch(/Tess|Tran-north|Ana |north-t1|gone/);
      expect(await north().learning.get('digest', 'letter-1')).toMatchObject({ status: 'done', data: { channel: 'mail' } });
      const folder = await mkdtemp(path.join(tmpdir(), 'pharos-letters-'));
      const filing = new AlertPost({ registry: world().registry, warehouse: world().warehouse, log: world().log, vault: memoryVault(people), now, publicUrl: 'https://pharos.test', sendWebhook, sendMail: mailSender(null), keepLetter: letterFiles(path.join(folder, 'letters')) });
      await write('letter-2');
      await world().registry.outbox.relayOnce(world().log);
      while ((await filing.planOnce()) > 0);
      await filing.sendOnce();
      const [file] = await readdir(path.join(folder, 'letters'));
      expect(file).toBe('2030-09-30-letter-2.txt');
      expect(await readFile(path.join(folder, 'letters', file!), 'utf8')).toMatch(/^Your classes in the week of September 30, 2030\n\n.*\n22 of 30/);
      expect(await north().learning.get('digest', 'letter-2')).toMatchObject({ status: 'done', data: { channel: 'file' } });
      await rm(folder, { recursive: true });
    });

    it('are held against the group that was not written to, each learner once, and small groups are not shown', async () => {
      world().clock.now = Date.parse('2031-01-10T10:00:00Z');
      const admin = await world().signIn('north', 'admin');
      interface Effects { waiting: number; minimum: number; all: { written: object; heldOut: object; difference: number; low: number; high: number } | null; reasons: { reason: string; effect: object | null }[] } // prettier-ignore
      const effects = async () => ((await world().ask('GET', '/nudges/effects', { as: admin })) as unknown as { body: Effects }).body;
      expect((await effects()).all).toBeNull();
      const at = Date.parse('2031-01-01T00:00:00Z');
      const many = Array.from({ length: 60 }, (_, n) => ({ learner: `north-w${n}`, heldOut: n < 20 }));
      for (const { learner, heldOut } of many) await decide(`e-${learner}`, heldOut ? 'none' : 'mail', { learner, heldOut, at });
      // Five of the twenty come back in time, thirty of the forty; of the rest some come too late, or were there before.
      const answer = (n: number, days: number) => {
        const when = new Date(at + days * DAY).toISOString();
        return { tenant: 'north', id: `ret-${n}`, occurred_at: when, known_at: when, recorded_at: when, log_partition: 0, log_offset: 900 + n, learner: `north-w${n}`, activity: 'i', skills: [], correct: 1, duration_seconds: null, hints: null, attempt: null };
      };
      const came = [...many.keys()].map((n) => answer(n, n < 5 ? 2 : n < 12 ? 7.5 : n < 20 ? -1 : n < 50 ? 6.9 : 8));
      await world().warehouse.writer.insert('answers', came);
      await decide('fresh', 'mail', { learner: 'north-new', at: world().clock.now - DAY });
      const found = await effects();
      // Three were decided about in the tests before: l1 and l2 are counted as well.
      expect(found.all).toMatchObject({ written: { learners: 41, returned: 30 }, heldOut: { learners: 21, returned: 5 } });
      expect(found.all!.difference).toBeCloseTo(30 / 41 - 5 / 21, 10);
      expect(found.all!.low).toBeGreaterThan(0.2);
      expect(found.waiting).toBe(1);
      expect(found.reasons.filter(({ effect }) => effect !== null).map(({ reason }) => reason)).toEqual(['review-due']);
    });
  });
} // prettier-ignore
