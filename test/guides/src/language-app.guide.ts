import assert from 'node:assert';
import { answered, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: Spanish';
const DAY = 86_400_000;
const words = { greetings: ['hola', 'adiós', 'gracias'], food: ['pan', 'queso', 'agua'], travel: ['tren', 'billete', 'calle'] } as const;
type Group = keyof typeof words;
const at = (group: Group, word: string) => `https://language.example/${group}/${encodeURIComponent(word)}`;

/**
 * A LANGUAGE APP brings words back before they are forgotten, works at weak areas first, and keeps a streak that allows rest.
 */
export async function languageApp({ address, key, admin, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key });
  const ada = byMail(learners[0]);
  const groups = Object.keys(words) as Group[];
  await admin.practice.putContent({
    body: {
      skills: groups.map((group) => skill(`language/${group}`, subject, group)),
      items: groups.flatMap((group) => words[group].map((word) => item(at(group, word), `language/${group}`, 0, `What does ${word} mean?`, { kind: 'text', accept: [word] }))),
    },
  }); // prettier-ignore

  // What the app had kept while the phone was off line: greetings a month ago, food three days ago; today travel, and food again.
  const now = Date.now();
  const practised = (group: Group, daysAgo: number, secondsAgo: number, right: readonly boolean[]) =>
    right.map((correct, n) =>
      answered({
        learner: ada,
        item: at(group, words[group][n % 3]!),
        correct,
        seconds: 2,
        at: new Date(now - daysAgo * DAY - secondsAgo * 1_000 + n * 1_000),
      }),
    );
  const kept = [
    ...practised('greetings', 30, 60, [true, true, true]),
    ...practised('food', 3, 0, [true, true, true]),
    ...practised('travel', 0, 8, [false, true, false, false]),
    ...practised('food', 0, 4, [true, true, true]),
  ]; // prettier-ignore
  await pharos.send(kept);
  await pharos.send(kept); // the line broke before the answer came: sending it again adds nothing
  await pharos.seen(kept.at(-1)!);

  // Review dates: greetings have been waiting for weeks; food was practised again in time, so it comes back later.
  const { items: reviews } = await pharos.knowledge.reviews({ params: { learner: ada } });
  const own = reviews.filter((one) => one.subject === subject);
  assert.deepEqual(own.map(({ skill: of, due }) => [of, due]).filter(([, due]) => due), [['language/greetings', true]]); // prettier-ignore
  const daysUntil = (of: string) => (Date.parse(own.find((one) => one.skill === of)!.reviewAt) - now) / DAY;
  assert.ok(daysUntil('language/greetings') < -14, 'greetings were due two weeks ago');
  assert.ok(daysUntil('language/food') > 1, 'food was repeated with a pause between, and lasts');
  assert.ok(daysUntil('language/travel') < daysUntil('language/food'), 'what went wrong comes back sooner');

  // Today's lesson: what is due, then the weak area; what is going well comes last.
  const lesson = (await pharos.knowledge.next({ params: { learner: ada }, query: { subject, limit: 3 } })).items;
  assert.deepEqual(lesson.map(({ item: of, reason }) => [of.skill, reason.code]), [['language/greetings', 'review-due'], ['language/travel', 'weak'], ['language/food', 'going-on']]); // prettier-ignore
  assert.strictEqual(lesson[0]!.because, 'You last practised “greetings” 30 days ago: a short review keeps it.');

  // The streak: three days ago and today, for two days of rest do not break it. A month would.
  const { streak } = await pharos.badges.list({ params: { learner: ada } });
  assert.deepEqual(streak, { days: 2, longest: 2, restsLeft: 2, practisedToday: true });
}
