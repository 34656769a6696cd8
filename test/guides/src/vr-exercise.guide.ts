import assert from 'node:assert';
import { answered, byMail, openPharos } from '@pharos/client';
import { item, skill } from './content.js';
import { type School } from './school.js';

const subject = 'Guide: laboratory';
const exercise = (name: string) => `https://vr.example/laboratory/${name}`;
/** Goggles on within 20 seconds, and the flame never above 5. */
const safe = ['goggles[.]:20[,]flame[.]:5'];
const key = { kind: 'interaction', type: 'performance', patterns: safe } as const;

/**
 * A VR EXERCISE sends what was done, measured. Pharos grades the performance at the door by the pattern that comes with it, tells the
 * headset when a level changes, and chooses the next exercise.
 */
export async function vrExercise({ address, key: own, admin, learners }: School): Promise<void> {
  const pharos = openPharos({ address, key: own });
  const ada = byMail(learners[0]);
  await admin.practice.putContent({
    body: {
      skills: [skill('vr/safety', subject, 'Working safely'), skill('vr/burner', subject, 'Using a burner', ['vr/safety'])],
      items: [
        ...[1, 2, 3].map((n) => item(exercise(`room-${n}`), 'vr/safety', (n - 2) / 2, `Room ${n}`, { ...key, patterns: [...safe] })),
        item(exercise('burner-1'), 'vr/burner', 0, 'Light the burner', { ...key, patterns: [...safe] }),
      ],
    },
  });

  // The headset listens while she works: the first event is how it stands, each later one a change.
  const levels = pharos.levels(ada);
  const safety = async () => {
    for (;;) {
      const next = await levels.next();
      if (next.done === true) throw new Error('the line ended');
      const level = next.value.levels.find((one) => one.skill === 'vr/safety')?.level;
      if (level !== undefined) return level;
    }
  };
  const listening = levels.next();

  // What was measured, with the pattern to grade it by: no verdict of the headset's own.
  const did = (n: number, goggles: number, flame: number) =>
    answered({
      learner: ada, item: exercise(`room-${n}`), response: `goggles[.]${goggles}[,]flame[.]${flame}`, seconds: 90,
      interaction: { type: 'performance', patterns: safe }, at: new Date(Date.now() - 10_000 + 2_000 * n),
    }); // prettier-ignore
  await listening;
  const tried = did(1, 31, 4); // too late with the goggles
  await pharos.send([tried]);
  assert.strictEqual(await safety(), 'attempted');

  // Three rooms done well, and she is told without asking again.
  const again = [did(1, 12, 4), did(2, 9, 3), did(3, 8, 5), did(2, 7, 2)];
  await pharos.send(again);
  assert.strictEqual(await safety(), 'familiar');
  await levels.return(undefined); // the headset is put away: the line ends

  // How it went opens the next exercise, beside what may go on.
  await pharos.seen(again.at(-1)!);
  const { items } = await pharos.knowledge.next({ params: { learner: ada }, query: { subject, limit: 5 } });
  const burner = items.find((one) => one.item.item === exercise('burner-1'));
  assert.deepEqual(burner?.reason, { code: 'ready', after: ['vr/safety'] });
}
