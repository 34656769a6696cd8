import { type TenantRegistry } from '@pharos/registry';

/** What a guardian agrees to, in `ConsentChanged`. */
export const NUDGE_PURPOSE = 'nudges';

/** Whether a learner may still be written to at the moment of sending: hours may have passed, and somebody may have said no. */
export async function stillWanted({ policies, learning, consents }: TenantRegistry, learner: string): Promise<boolean> {
  const [{ value }, [preferences]] = await Promise.all([
    policies.get('learning'),
    learning.list('preferences', { learners: [learner] }, 1),
  ]);
  if (value.nudges === 'off' || preferences?.data.nudges === false) return false;
  return value.nudges === 'on' || (await consents.granted(NUDGE_PURPOSE, [learner])).has(learner);
}
