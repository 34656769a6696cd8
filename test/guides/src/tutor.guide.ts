import assert from 'node:assert';
import { answered, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: equations';
const equation = 'https://tutor.example/equations/1';
const essay = 'https://tutor.example/why/1';

/**
 * A TUTOR follows a solution step by step, helps with the first step that is wrong, and marks open answers only where it can be sure.
 */
export async function tutor({ address, key, admin, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key });
  const ben = byMail(learners[1]);
  await admin.practice.putContent({
    body: {
      skills: [skill('tutor/brackets', subject, 'Equations with brackets'), skill('tutor/reasons', subject, 'Giving reasons')],
      items: [
        item(equation, 'tutor/brackets', 0, 'Solve 3(x + 2) = 12', { kind: 'algebra', expression: '2' }, {
          hints: [{ en: 'What is done to everything in the brackets?' }, { en: 'Three times x, and three times what else?' }],
          misconceptions: [{ id: 'first-term-only', answers: ['10/3'], say: { en: 'Only the first term was multiplied.' } }],
        }),
        item(essay, 'tutor/reasons', 0, 'Why is the sum of two even numbers even?', { kind: 'text', accept: ['because both are multiples of two'] }),
      ],
    },
  }); // prettier-ignore

  // Step by step: the first wrong line is named, with the slip behind it, and nothing is given away.
  const wrong = await pharos.grading.steps({ body: { task: '3(x + 2) = 12', steps: ['3x + 2 = 12', '3x = 10'] } });
  assert.deepEqual([wrong.right, wrong.firstWrong, wrong.slip, wrong.solved], [0, 0, 'factor-first-term-only', false]);
  assert.strictEqual(wrong.hint, 'The number in front of the bracket multiplies everything inside it.');
  assert.doesNotMatch(JSON.stringify(wrong), /x = 2|3x \+ 6/);
  // Asked for an example, it works another task of the same kind through.
  const shown = await pharos.grading.steps({ body: { task: '3(x + 2) = 12', steps: ['3x + 2 = 12'], help: 'example' } });
  assert.ok(shown.example!.length >= 3 && !shown.example!.includes('x = 2'));
  const right = await pharos.grading.steps({ body: { task: '3(x + 2) = 12', steps: ['3x + 6 = 12', '3x = 6', 'x = 2'] } });
  assert.deepEqual([right.firstWrong, right.solved], [null, true]);

  // The final answer: a known mistake is named and the next hint of the ladder comes; the answer itself only after the last hint.
  const grade = async (response: string, hints: number) =>
    (await pharos.grading.grade({ body: { answers: [{ item: equation, response, hints }] } })).items[0]!;
  const slip = await grade('10/3', 0);
  assert.deepEqual([slip.verdict, slip.misconception?.id, slip.hint?.number, slip.expected], ['wrong', 'first-term-only', 1, null]);
  assert.deepEqual([(await grade('4', 2)).expected, (await grade('4/2', 1)).verdict], ['2', 'right']);

  // An open answer in other words is not called wrong: a person has to look.
  const [open] = (
    await pharos.grading.grade({ body: { answers: [{ item: essay, response: 'you can pair everything up, and nothing is left over' }] } })
  ).items;
  assert.deepEqual([open!.verdict, open!.share], ['unsure', null]);

  // The tutor tells what became of it: wrong with two hints, then right. Mastery knows both.
  const told = [
    answered({ learner: ben, item: equation, correct: false, response: '10/3', hints: 0, seconds: 40, at: new Date(Date.now() - 90_000) }),
    answered({ learner: ben, item: equation, correct: true, response: '2', hints: 1, seconds: 30, at: new Date(Date.now() - 30_000) }),
  ];
  await pharos.send(told);
  await pharos.seen(told[1]!);
  const brackets = (await pharos.knowledge.mastery({ params: { learner: ben } })).skills.find((one) => one.skill === 'tutor/brackets');
  assert.deepEqual([brackets?.level, brackets?.evidence], ['attempted', 2]);
}
