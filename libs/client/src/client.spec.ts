import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { actorOf, answered, byAccount, byMail, isFromPharos, openPharos, PlatformRefused } from './index.js';

const ada = byMail('ada@example.org');
const at = new Date('2026-03-02T10:00:00.000Z');

/** A server that answers in turn, and what it was asked. */
function answering(...answers: readonly (readonly [status: number, body: string])[]) {
  const asked: { readonly address: string; readonly init: RequestInit }[] = [];
  const fetcher: typeof fetch = (input, init) => {
    const [status, body] = answers[asked.length] ?? [500, 'asked too often'];
    asked.push({ address: input instanceof Request ? input.url : input.toString(), init: init ?? {} });
    return Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/json' } }));
  };
  return { asked, pharos: openPharos({ address: 'https://pharos.test', key: { id: 'k', secret: 's' }, fetch: fetcher }) };
}

describe('names', () => {
  it('are the same in questions and in statements', () => {
    expect(actorOf(ada)).toEqual({ objectType: 'Agent', mbox: 'mailto:ada@example.org' });
    const player = byAccount('https://game.example/a|b', 'player|7');
    expect(() => actorOf('ada')).toThrow(TypeError);
    expect(actorOf(byAccount('https://game.example', 'player|7'))).toEqual({ objectType: 'Agent', account: { homePage: 'https://game.example', name: 'player|7' } });
    expect(player).toBe('account:https://game.example/a|b|player|7');
  }); // prettier-ignore
});

describe('an answer', () => {
  it('says what is known of it and nothing else', () => {
    const { id, ...bare } = answered({ learner: ada, item: 'https://i.test/1', correct: true, at });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(bare).toEqual({
      actor: { objectType: 'Agent', mbox: 'mailto:ada@example.org' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
      object: { objectType: 'Activity', id: 'https://i.test/1' },
      result: { success: true },
      timestamp: '2026-03-02T10:00:00.000Z',
    });
  });
});

describe('a platform', () => {
  it('has the routes that its key may call, and no other', () => {
    const { pharos } = answering();
    expect(Object.keys(pharos.knowledge).sort()).toEqual(['levels', 'masteries', 'mastery', 'next', 'reviews', 'skills']);
    expect(Object.keys(pharos.grading)).toEqual(['grade', 'steps']);
    expect(pharos).not.toHaveProperty('users');
    expect(pharos).not.toHaveProperty('assigning');
    expect(pharos.session).not.toHaveProperty('me');
  });
  it('asks with its key, about a learner in its own words', async () => {
    const { pharos, asked } = answering([200, '{"items":[]}']);
    await pharos.knowledge.next({ params: { learner: byAccount('https://g.test', 'p 7') }, query: { limit: 2 } });
    expect(asked[0]!.address).toBe('https://pharos.test/api/learners/account%3Ahttps%3A%2F%2Fg.test%7Cp%207/next?limit=2');
    expect(new Headers(asked[0]!.init.headers).get('authorization')).toBe(`Basic ${btoa('k:s')}`);
  });
  it('is told what the door refuses', async () => {
    const { pharos } = answering([400, '{"detail":"verb: is required"}']);
    await expect(pharos.send([answered({ learner: ada, item: 'x', at })])).rejects.toThrow(new PlatformRefused(400, '{"detail":"verb: is required"}'));
  }); // prettier-ignore
  it('waits until what it sent can be seen, and not only until the moment before', async () => {
    const stored = '2026-03-02T10:00:01.000Z';
    const { pharos, asked } = answering(
      [200, JSON.stringify({ stored })],
      [200, JSON.stringify({ through: stored })],
      [200, JSON.stringify({ through: '2026-03-02T10:00:01.200Z' })],
    );
    await pharos.seen(answered({ learner: ada, item: 'https://i.test/1', at }));
    expect(asked).toHaveLength(3);
  });
  it('reads levels as they come, whatever pieces they come in', async () => {
    const event = (level: string) => `event: levels\ndata: {"through":"2026-03-02T10:00:01.000Z","levels":[{"skill":"add","level":"${level}"}]}\n\n`;
    const text = `retry: 1000\n\n${event('familiar')}: still here\n\n${event('mastered')}`;
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let from = 0; from < text.length; from += 7) controller.enqueue(new TextEncoder().encode(text.slice(from, from + 7)));
        controller.close();
      },
    });
    const pharos = openPharos({ address: 'https://pharos.test', key: { id: 'k', secret: 's' }, fetch: () => Promise.resolve(new Response(pieces)) });
    const levels: unknown[] = [];
    for await (const pulse of pharos.levels(ada)) levels.push(pulse.levels[0]!.level);
    expect(levels).toEqual(['familiar', 'mastered']);
  }); // prettier-ignore
});

describe('a webhook', () => {
  const body = '{"type":"LevelChanged"}';
  const seconds = at.getTime() / 1_000;
  const header = `t=${seconds},v1=${createHmac('sha256', 'secret').update(`${seconds}.${body}`).digest('hex')}`;
  it('is from Pharos when secret, body and time fit', async () => {
    expect(await isFromPharos('secret', body, header, at)).toBe(true);
    expect(await isFromPharos('another', body, header, at)).toBe(false);
    expect(await isFromPharos('secret', `${body} `, header, at)).toBe(false);
    expect(await isFromPharos('secret', body, header, new Date(at.getTime() + 301_000))).toBe(false);
    expect(await isFromPharos('secret', body, 'v1=00', at)).toBe(false);
  });
});
