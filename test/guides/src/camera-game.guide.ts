import assert from 'node:assert';
import { answered, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: shapes on the table';
const lesson = (name: string) => `https://camera.example/lessons/${name}`;
/** A skill that statements name themselves is an IRI, as every activity is. */
const shape = (name: string) => `https://camera.example/skills/${name}`;

/**
 * A HANDS-ON CAMERA GAME watches tiles on a table. It knows how well a puzzle was laid, not which answer was chosen: a score of each
 * puzzle, with the skills that it shows. Pharos says which lesson comes next.
 */
export async function cameraGame({ address, key, admin, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key });
  const ben = byMail(learners[1]);
  const seen = { kind: 'interaction', type: 'performance', patterns: ['laid[.]0.8:'] } as const;
  await admin.practice.putContent({
    body: {
      skills: [
        skill(shape('outline'), subject, 'Filling an outline'),
        skill(shape('mirror'), subject, 'Mirror images', [shape('outline')]),
        skill(shape('rotate'), subject, 'Turning shapes', [shape('outline')]),
      ],
      items: [
        item(lesson('boat'), shape('outline'), -0.5, 'Lay the boat', { ...seen, patterns: [...seen.patterns] }),
        item(lesson('cat'), shape('outline'), 0.5, 'Lay the cat', { ...seen, patterns: [...seen.patterns] }),
        item(lesson('butterfly'), shape('mirror'), 0, 'Lay the other wing', { ...seen, patterns: [...seen.patterns] }),
        item(lesson('windmill'), shape('rotate'), 0, 'Turn the sails', { ...seen, patterns: [...seen.patterns] }),
      ],
    },
  });

  // Events while he plays. A puzzle that the catalogue does not know names its skills itself; .6 and above counts as done.
  const minutes = (n: number) => new Date(Date.now() - 60_000 * n);
  const events = [
    answered({ verb: 'scored', learner: ben, item: lesson('boat'), scaled: 0.9, correct: true, seconds: 50, at: minutes(9) }),
    answered({ verb: 'scored', learner: ben, item: lesson('cat'), scaled: 0.85, correct: true, seconds: 70, at: minutes(8) }),
    answered({ verb: 'scored', learner: ben, item: 'https://camera.example/free-play/42', scaled: 0.95, skills: [shape('outline')], at: minutes(6) }),
    answered({ verb: 'scored', learner: ben, item: 'https://camera.example/free-play/43', scaled: 0.3, skills: [shape('mirror')], at: minutes(5) }),
    answered({ verb: 'scored', learner: ben, item: 'https://camera.example/free-play/44', scaled: 0.2, skills: [shape('mirror')], at: minutes(4) }),
  ]; // prettier-ignore
  await pharos.send(events);
  await pharos.seen(events.at(-1)!);

  const known = (await pharos.knowledge.mastery({ params: { learner: ben } })).skills.filter((one) => one.skill.startsWith(shape('')));
  assert.deepEqual(known.map(({ skill: of, evidence }) => [of, evidence]), [[shape('mirror'), 2], [shape('outline'), 3]]); // prettier-ignore
  assert.ok(known[1]!.chance! > 0.7 && known[0]!.chance! < 0.6, 'outlines are laid, mirror images are not');

  // Mirror images went badly though he is ready for them: that lesson comes first, then the other one that outlines open.
  const next = (await pharos.knowledge.next({ params: { learner: ben }, query: { subject } })).items;
  assert.deepEqual(next.map(({ item: of, reason }) => [of.item, reason.code]).slice(0, 2), [[lesson('butterfly'), 'weak'], [lesson('windmill'), 'ready']]); // prettier-ignore
}
