import assert from 'node:assert';
import { answered, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: numbers';
const at = (number: number, of: string) => `https://mastery.example/${of}/${number}`;
const skills = [
  skill('mastery/count', subject, 'Counting to 20'),
  skill('mastery/add', subject, 'Adding to 20', ['mastery/count']),
  skill('mastery/take-away', subject, 'Taking away to 20', ['mastery/add']),
];
const items = ['count', 'add', 'take-away'].flatMap((name) =>
  [1, 2, 3, 4, 5, 6].map((n) => item(at(n, name), `mastery/${name}`, (n - 3.5) / 4, `${n} …`, { kind: 'number', value: n })),
);

/**
 * A MASTERY PLATFORM shows each learner a level per skill, the next exercise, and its teachers a report of the class.
 * It keeps its own exercises and marks them itself; Pharos says what is known and what comes next.
 */
export async function masteryPlatform({ address, key, admin, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key });
  const [ada, ben, cleo] = learners.map(byMail) as [string, string, string];

  // Once: the platform's skills, what they stand on, and its exercises.
  await admin.practice.putContent({ body: { skills, items } });

  // Nobody has answered: everybody starts with the skill that stands on nothing, and is told why.
  const [first] = (await pharos.knowledge.next({ params: { learner: ada }, query: { subject } })).items;
  assert.strictEqual(first?.item.skill, 'mastery/count');
  assert.deepEqual(first.reason, { code: 'ready', after: [] });
  assert.strictEqual(first.because, '“Counting to 20” is a good place to begin.');

  // A lesson: Ada gets all of six right, Ben two of six, Cleo is ill. Each answer is a statement; a batch is one call.
  const lesson = [1, 2, 3, 4, 5, 6].flatMap((n) => {
    const when = new Date(Date.now() - 60_000 * (10 - n));
    const one = { item: at(n, 'count'), at: when, seconds: 8 };
    return [answered({ ...one, learner: ada, correct: true }), answered({ ...one, learner: ben, correct: n === 2 || n === 5 })];
  });
  await pharos.send(lesson);
  await pharos.seen(lesson.at(-1)!);

  // The level of each skill, by the scheme of the school.
  const { skills: known, levels } = await pharos.knowledge.mastery({ params: { learner: ada } });
  const counting = known.find((one) => one.skill === 'mastery/count');
  assert.deepEqual(levels.map(({ name }) => name), ['attempted', 'familiar', 'proficient', 'mastered']); // prettier-ignore
  assert.strictEqual(counting?.level, 'proficient');
  assert.strictEqual(counting.evidence, 6);
  assert.ok(counting.low! < counting.chance! && counting.chance! < counting.high!);

  // Her next exercise opens the skill that counting carries. Ben stays with counting, at an exercise that he can do.
  const [adas] = (await pharos.knowledge.next({ params: { learner: ada }, query: { subject } })).items;
  assert.deepEqual([adas?.item.skill, adas?.reason], ['mastery/add', { code: 'ready', after: ['mastery/count'] }]);
  const [bens] = (await pharos.knowledge.next({ params: { learner: ben }, query: { subject } })).items;
  assert.deepEqual([bens?.item.skill, bens?.reason.code], ['mastery/count', 'weak']);
  assert.ok(bens!.chance >= 0.4, `an exercise with a fair chance, not ${bens!.chance}`);

  // The report of the class, in the platform's own names and in one call.
  const { items: report } = await pharos.knowledge.masteries({ body: { learners: [ada, ben, cleo, byMail('nobody@school.example')] } });
  const levelIn = (skills: (typeof report)[number]['skills']) => skills?.find((one) => one.skill === 'mastery/count')?.level;
  assert.deepEqual(report.map(({ learner, skills }) => [learner, levelIn(skills)]), [
    [ada, 'proficient'],
    [ben, 'attempted'],
    [cleo, undefined], // has answered nothing yet
    [byMail('nobody@school.example'), undefined], // is nobody whom this school knows: `skills` is null
  ]); // prettier-ignore
  assert.strictEqual(report[3]!.skills, null);
}
