import { type NudgeEffects, nudgeReasons } from '@pharos/contract';
import { type EventLog } from '@pharos/event-log';
import { type FirstNudge, nudgeEffect, type ReturnShare } from '@pharos/learner-models';
import { type DecidedNudge, type Registry } from '@pharos/registry';
import { type Warehouse } from '@pharos/warehouse';
import { randomUUID } from 'node:crypto';
import { minimumGroupOf } from '../cohorts/minimum-group.js';
import { NUDGE_PURPOSE } from '../delivery/still-wanted.js';
import { type Caller } from '../http/caller.js';
import { returnsAmong } from '../questions/returns.js';
import { type Clock } from '../tokens.js';

/** The outcome, fixed before the first nudge was sent: an answer within so many days. */
export const RETURN_DAYS = 7;
const RETURN_MS = RETURN_DAYS * 86_400_000;
const AT_ONCE = 2_000;

/** Whether guardians agree to nudges, and whether nudges help. */
export class NudgeDesk {
  constructor(
    private readonly registry: Registry,
    private readonly warehouse: Warehouse,
    private readonly log: EventLog,
    private readonly now: Clock,
  ) {}

  /** The last word holds, so there is nothing to decide between two of them. */
  async consent({ tenant, id: by }: Caller, learner: string, granted: boolean): Promise<void> {
    const data = { learner, purpose: NUDGE_PURPOSE, granted, by };
    await this.log.append([
      { id: randomUUID(), type: 'ConsentChanged', version: 1, tenant, key: learner, occurredAt: this.now().toISOString(), data },
    ]);
  }

  async effects(tenant: string): Promise<NudgeEffects> {
    const now = this.now().getTime();
    const over = new Date(now - RETURN_MS).toISOString();
    const { nudges, access } = this.registry.tenant(tenant);
    const [all, minimum] = await Promise.all([nudges.firsts(this.now().toISOString()), minimumGroupOf(this.registry, tenant)]);
    const firsts = await this.canonically(access, all);
    const counted = firsts.filter(({ at }) => at <= over);
    const returned = new Set<string>();
    for (let from = 0; from < counted.length; from += AT_ONCE) {
      const points = counted.slice(from, from + AT_ONCE).map(({ learner, at }) => ({ learner, at: Date.parse(at) }));
      for (const learner of await this.warehouse.tenant(tenant).ask(returnsAmong(points, RETURN_MS))) returned.add(learner);
    }
    const outcomes = counted.map(({ learner, heldOut, reason }) => ({ heldOut, reason, returned: returned.has(learner) }));
    return {
      days: RETURN_DAYS,
      waiting: firsts.length - counted.length,
      minimum,
      all: effectOf(outcomes, minimum),
      reasons: nudgeReasons.map((reason) => ({
        reason,
        effect: effectOf(
          outcomes.filter((one) => one.reason === reason),
          minimum,
        ),
      })),
    };
  }

  /** Two tokens of one person may each have had a first nudge: the earlier one counts. */
  private async canonically(
    access: { canonical(tokens: readonly string[]): Promise<readonly string[]> },
    firsts: readonly DecidedNudge[],
  ): Promise<readonly DecidedNudge[]> {
    const canonical = await access.canonical(firsts.map(({ learner }) => learner));
    const earliest = new Map<string, DecidedNudge>();
    firsts.forEach((first, at) => {
      const learner = canonical[at]!;
      const known = earliest.get(learner);
      if (known === undefined || first.at < known.at) earliest.set(learner, { ...first, learner });
    });
    return [...earliest.values()];
  }
}

const shareView = ({ learners, returned, share, interval }: ReturnShare) => ({
  learners,
  returned,
  share,
  low: interval.low,
  high: interval.high,
});

/** Null where a group has fewer people than may be shown. */
function effectOf(outcomes: readonly FirstNudge[], minimum: number): NudgeEffects['all'] {
  const effect = nudgeEffect(outcomes);
  if (effect === null || effect.written.learners < minimum || effect.heldOut.learners < minimum) return null;
  return {
    written: shareView(effect.written),
    heldOut: shareView(effect.heldOut),
    difference: effect.difference,
    low: effect.interval.low,
    high: effect.interval.high,
  };
}
