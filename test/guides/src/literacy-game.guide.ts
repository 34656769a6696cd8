import assert from 'node:assert';
import { answered, byAccount, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: reading planet';
const levels = ['Moon 1', 'Moon 2', 'Moon 3'] as const;
const skills = [
  skill('planet/sounds', subject, 'First sounds', [], levels[0]),
  skill('planet/blends', subject, 'Sounds that blend', ['planet/sounds'], levels[1]),
  skill('planet/words', subject, 'Whole words', ['planet/blends'], levels[2]),
  skill('planet/rhymes', subject, 'Rhymes', [], levels[0]),
];
const at = (name: string, n: number) => `https://planet.example/${name}/${n}`;

/**
 * A LITERACY GAME leads along levels. A teacher assigns a part of the path; the game gives that first, and what it stands on before it.
 */
export async function literacyGame({ address, key, admin, teacher, class: inClass, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key });
  const cleo = byMail(learners[2]);
  await admin.practice.putContent({
    body: {
      skills,
      items: skills.flatMap(({ skill: of }) => [1, 2, 3, 4, 5].map((n) => item(at(of.split('/')[1]!, n), of, (n - 3) / 4, `Round ${n}`, { kind: 'choice', right: 'a' }, { choices: [{ id: 'a', text: 'A' }, { id: 'b', text: 'B' }] }))),
    },
  }); // prettier-ignore

  // Without an assignment, the game goes on wherever she is ready.
  const next = async () => (await pharos.knowledge.next({ params: { learner: cleo }, query: { subject } })).items;
  assert.deepEqual((await next()).map(({ item: of }) => of.skill), ['planet/rhymes', 'planet/sounds']); // prettier-ignore

  // Her teacher assigns whole words to the class, and locks the path: first this.
  const path = await teacher.assigning.assign({
    params: { class: inClass },
    body: { title: 'To Moon 3', skills: ['planet/words'], learners: null, dueOn: '2036-06-30', locked: true },
  });
  const assigned = await next();
  assert.deepEqual(assigned.map(({ item: of, reason, because }) => [of.skill, reason, because]), [
    ['planet/sounds', { code: 'assigned', path: 'To Moon 3' }, '“First sounds” is on your path “To Moon 3”.'],
  ]); // prettier-ignore

  // She plays the first moon under her player's name of the game; the school's list joins it with her address.
  const player = byAccount('https://planet.example', 'player-0000000000000000000000000000000000000000000000000003');
  await joinAccounts(address, key, 'cleo', learners[2], player);
  const round = (name: string, from: number, count: number) =>
    Array.from({ length: count }, (_, n) =>
      answered({
        learner: player,
        item: at(name, 1 + (n % 5)),
        correct: true,
        seconds: 5,
        at: new Date(Date.now() - 600_000 + 10_000 * (from + n)),
      }),
    );
  const firstMoon = round('sounds', 0, 4);
  await pharos.send(firstMoon);
  await pharos.seen(firstMoon.at(-1)!);
  assert.strictEqual((await next())[0]?.item.skill, 'planet/blends', 'the second moon opens');
  const byPlayer = await pharos.knowledge.next({ params: { learner: player }, query: { subject } });
  assert.strictEqual(byPlayer.items[0]?.item.skill, 'planet/blends', 'by either name');

  // The teacher sees how far the class is, and takes the lock away: rhymes come beside the path again.
  const progress = (await teacher.assigning.paths({ params: { class: inClass } })).items.find((one) => one.path === path.path);
  assert.strictEqual(progress?.progress.length, 3);
  await teacher.assigning.change({
    params: { class: inClass, path: path.path },
    body: { version: path.version, title: 'To Moon 3', skills: ['planet/words'], learners: null, dueOn: '2036-06-30', locked: false },
  });
  assert.deepEqual((await next()).map(({ item: of }) => of.skill).slice(0, 2), ['planet/blends', 'planet/rhymes']); // prettier-ignore
  await teacher.assigning.withdraw({ params: { class: inClass, path: path.path } });
}

/** The roster says which account of the game is whose: `POST /roster/users`. */
async function joinAccounts(address: string, key: School['key'], sourcedId: string, email: string, account: string): Promise<void> {
  const answer = await fetch(`${address}/roster/users`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key.id}:${key.secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify([{ sourcedId, email, accounts: [account.slice('account:'.length)] }]),
  });
  assert.strictEqual(answer.status, 200);
}
