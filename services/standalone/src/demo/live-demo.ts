import { factId } from '@pharos/facts';
import { createRandom, type Random } from '@pharos/learner-models';
import { type AlertCase, type Registry } from '@pharos/registry';
import { addDays, type District } from '@pharos/simulator';
import { type Workers } from '../workers/start-workers.js';

/** Weeks of the running term as of whose end the jobs of the demo run: two, so that the page can say what changed within a week. */
const weeksRun = [8, 9];

export interface LivedDemo {
  readonly tenant: string;
  readonly district: Pick<District, 'terms'>;
  readonly workers: Workers;
  readonly registry: Registry;
  /** User ids of the counselors, by their tokens. */
  readonly counselors: ReadonlyMap<string, string>;
  readonly now: string;
  readonly onWeek: (week: number, of: number) => void;
}

/** Lives the running term week by week: jobs at the end of each week, and what counselors did about it meanwhile. */
export async function liveDemo({ tenant, district, workers, registry, counselors, now, onWeek }: LivedDemo): Promise<void> {
  const [, running] = district.terms;
  const random = createRandom(20);
  const moments: string[] = [];
  for (const week of weeksRun.filter((one) => one <= running.weeksSoFar)) {
    const sunday = `${addDays(running.start, 7 * week - 1)}T23:59:59.999Z`;
    moments.push(sunday < now ? sunday : now);
  }
  for (const [index, asOf] of [...new Set(moments)].entries()) {
    for (const job of ['risk', 'alerts']) {
      const answer = await workers.runJob(job, { tenant, asOf });
      if (answer.outcome === 'failed') throw new Error(`the demo's ${job} as of ${asOf} failed: ${answer.reason ?? ''}`);
    }
    onWeek(index + 1, moments.length);
    if (index < moments.length - 1) await answerSome({ tenant, registry, counselors, random, asOf });
  }
}

/** Counselors see about two thirds of what is new within three days, and note what they did about most of it. */
async function answerSome({
  tenant,
  registry,
  counselors,
  random,
  asOf,
}: {
  readonly tenant: string;
  readonly registry: Registry;
  readonly counselors: ReadonlyMap<string, string>;
  readonly random: Random;
  readonly asOf: string;
}): Promise<void> {
  const cases = registry.tenant(tenant).alertCases;
  const { alerts } = await cases.list({ statuses: ['open'] }, { limit: 500 });
  for (const alert of alerts) {
    const by = counselors.get(alert.latest.counselor ?? '');
    if (by === undefined || random.uniform() > 0.66) continue;
    const seen = later(asOf, 1 + random.integer(2));
    await cases.execute({ alert: alert.alert, by, at: seen, act: { do: 'acknowledge' } });
    if (random.uniform() < 0.7) await cases.execute({ alert: alert.alert, by, at: later(seen, 1), act: helpFor(alert, asOf) });
  }
}

const later = (moment: string, days: number): string => new Date(Date.parse(moment) + days * 86_400_000 - 8 * 3_600_000).toISOString();

const helpFor = (alert: AlertCase, asOf: string) => ({
  do: 'logIntervention' as const,
  action: factId('demo-intervention', alert.alert, asOf),
  intervention: alert.latest.nextSteps[0]?.intervention ?? 'talk',
  owner: alert.latest.counselor ?? '',
  followUpOn: addDays(asOf.slice(0, 10), 10),
  note: null,
});
