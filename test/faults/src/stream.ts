import { factId } from '@pharos/facts';
import { createRandom } from '@pharos/learner-models';

export type SentStatement = Readonly<Record<string, unknown>> & { readonly id: string };

const verbs = [
  'https://w3id.org/xapi/video/verbs/played',
  'https://w3id.org/xapi/video/verbs/paused',
  'http://adlnet.gov/expapi/verbs/answered',
  'http://adlnet.gov/expapi/verbs/completed',
];

/** Statements as a course platform sends them: few learners, many videos, some voids of what came before. Seeded. */
export function statementStream(count: number, seed: number): readonly SentStatement[] {
  const random = createRandom(seed);
  const start = Date.UTC(2026, 0, 12, 8);
  const statements: SentStatement[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = factId('stream', seed, index);
    const student = random.integer(60);
    const actor = { name: `Ada Nobody ${student}`, account: { homePage: 'https://lms.example', name: `student-${student}` } };
    const timestamp = new Date(start + index * 61_000).toISOString();
    if (index % 97 === 96) {
      const voided = statements[random.integer(index)]!;
      const isVoid = (voided.verb as { id: string }).id.endsWith('/voided');
      if (!isVoid) {
        statements.push({
          id, actor, timestamp,
          verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
          object: { objectType: 'StatementRef', id: voided.id },
        }); // prettier-ignore
        continue;
      }
    }
    statements.push({
      id, actor, timestamp,
      verb: { id: verbs[random.integer(verbs.length)]! },
      object: { id: `https://lms.example/videos/${random.integer(30)}`, definition: { type: 'https://w3id.org/xapi/video/activity-type/video' } },
      context: { contextActivities: { grouping: [{ id: 'https://lms.example/courses/1' }] } },
    }); // prettier-ignore
  }
  return statements;
}
