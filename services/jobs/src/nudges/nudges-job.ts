import { factId } from '@pharos/facts';
import { chooseNudge, isHeldOut, type NudgeReason, type NudgeState } from '@pharos/learner-models';
import { type LearningPolicy, type NewLearningFact } from '@pharos/registry';
import { type Job, type JobScope } from '../running/job.js';
import { type PractiseState, practiseStates } from './nudge-questions.js';
import { slippingAmong } from './slipping-goals.js';

const WEEK_MS = 7 * 86_400_000;
/** Lists of records end at a thousand; nobody has more than a few goals. */
const AT_ONCE = 200;
/** What a guardian agrees to, in `ConsentChanged`. */
export const NUDGE_PURPOSE = 'nudges';

/**
 * Decides who is written to today, and why. Whoever is held out is decided about in the same way and not written to: the fact says so, and what nudges do is told
 * from the two groups. What is decided is sent by the service that may know mail addresses.
 */
export const nudgesJob: Job = {
  name: 'nudges',
  about: 'decides which learners are written to, for a review, a goal or a pause, and whom to hold out',
  cron: '0 5 * * *',
  async run(scope) {
    const { registry, warehouse, asOf, positions, tenant } = scope;
    const { value: policy } = await registry.policies.get('learning');
    const counts = { looked: 0, spared: 0, withoutConsent: 0, written: 0, heldOut: 0 };
    if (policy.nudges === 'off') return counts;
    const states = await warehouse.ask(practiseStates({ asOf, positions: positions.offsets }), 'jobs');
    const lately = Map.groupBy(await registry.nudges.since(new Date(Date.parse(asOf) - WEEK_MS).toISOString()), ({ learner }) => learner);
    const hooks = await registry.webhooks.list();
    const channel = hooks.some(({ active, events }) => active && (events.includes('*') || events.includes('NudgeDecided'))) ? 'webhook' : 'mail';
    for (let from = 0; from < states.length; from += AT_ONCE) {
      const some = states.slice(from, from + AT_ONCE);
      const chosen = await chooseAmong(scope, some, policy, lately);
      const { allowed, spared, withoutConsent } = await allowedAmong(scope, policy, [...chosen.keys()]);
      const facts = allowed.map((learner) => decision(scope, learner, chosen.get(learner)!, isHeldOut(tenant, learner, policy.heldOut), channel));
      const outcome = await registry.learning.record(facts);
      if (!outcome.ok) throw new Error(`nudges could not be decided: ${outcome.reason}`);
      counts.looked += some.length;
      counts.spared += spared;
      counts.withoutConsent += withoutConsent;
      counts.heldOut += facts.filter(({ data }) => (data as { readonly heldOut: boolean }).heldOut).length;
      counts.written += facts.filter(({ data }) => !(data as { readonly heldOut: boolean }).heldOut).length;
    }
    return counts;
  },
}; // prettier-ignore

type Lately = ReadonlyMap<string, readonly { readonly at: string; readonly reason: NudgeReason }[]>;

async function chooseAmong(scope: JobScope, states: readonly PractiseState[], policy: LearningPolicy, lately: Lately): Promise<ReadonlyMap<string, NudgeReason>> {
  const slipping = await slippingAmong(scope, states.map(({ learner }) => learner));
  const now = Date.parse(scope.asOf);
  const reasons = states.flatMap(({ learner, due, lastAt }): [string, NudgeReason][] => {
    const before = (lately.get(learner) ?? []).map(({ at, reason }) => ({ at: Date.parse(at), reason }));
    const state: NudgeState = { now, lastAt, due, slipping: slipping.has(learner), lately: before, perWeek: policy.nudgesPerWeek };
    const reason = chooseNudge(state);
    return reason === undefined ? [] : [[learner, reason]];
  });
  return new Map(reasons);
} // prettier-ignore

/** Whoever did not opt out and, where the tenant asks for it, has a guardian who agreed. */
async function allowedAmong({ registry }: JobScope, policy: LearningPolicy, learners: readonly string[]): Promise<{ readonly allowed: readonly string[]; readonly spared: number; readonly withoutConsent: number }> {
  if (learners.length === 0) return { allowed: [], spared: 0, withoutConsent: 0 };
  const preferences = (await registry.learning.list('preferences', { learners })).filter(({ data }) => !data.nudges);
  const optedOut = new Set(await registry.access.canonical(preferences.map(({ data }) => data.learner)));
  const willing = learners.filter((learner) => !optedOut.has(learner));
  const agreed = policy.nudges === 'with-consent' ? await registry.consents.granted(NUDGE_PURPOSE, willing) : new Set(willing);
  const allowed = willing.filter((learner) => agreed.has(learner));
  return { allowed, spared: learners.length - willing.length, withoutConsent: willing.length - allowed.length };
} // prettier-ignore

function decision({ tenant, asOf }: JobScope, learner: string, reason: NudgeReason, heldOut: boolean, channel: 'mail' | 'webhook'): NewLearningFact {
  const id = factId('nudges', tenant, asOf, learner);
  const data = { nudge: id, learner, by: 'nudges', reason, channel: heldOut ? ('none' as const) : channel, heldOut };
  return { id, type: 'NudgeDecided', version: 1, tenant, key: learner, occurredAt: asOf, data };
} // prettier-ignore
