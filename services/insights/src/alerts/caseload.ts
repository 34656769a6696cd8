import { type Caseload, type CaseloadItem, type CaseloadQuery } from '@pharos/contract';

import { type AlertCase, type AlertFilter, type AlertOrder, type AlertStatus, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type z } from 'zod';
import { type Caller, type RequestState } from '../http/caller.js';
import { type Clock } from '../tokens.js';
import { type AlertDesk } from './alert-desk.js';
import { alertSummary } from './alert-view.js';
import { readCursor, writeCursor } from './caseload-cursor.js';

type Query = z.output<typeof CaseloadQuery>;

/** At most so many learners are searched by name or asked for by class: a caseload is far smaller. */
const MOST_LEARNERS = 10_000;
/** What a counselor is expected to see at once where the policy sets no limit. */
const CAPACITY = 20;

const active: readonly AlertStatus[] = ['open', 'acknowledged'];

/** Which statuses a view of the caseload shows. Contested ones wait for an answer too. */
export function statusesOf(show: Query['show']): readonly AlertStatus[] | undefined {
  switch (show) {
    case 'active':
      return [...active, 'contested'];
    case 'overdue':
      return active;
    case 'closed':
      return ['resolved', 'overridden'];
    case 'all':
      return undefined;
    default:
      return [show];
  }
}

const orders: Readonly<Record<Query['rank'], AlertOrder>> = { probability: 'probability', due: 'dueAt', raised: 'raisedAt' };

/** Ranks rows; those beyond the capacity are also watched. `before`: how many rows the pages before had. */
export function ranked<Row>(
  rows: readonly Row[],
  before: number,
  capacity: number,
): readonly (Row & Pick<CaseloadItem, 'rank' | 'section'>)[] {
  return rows.map((row, i) => ({ ...row, rank: before + i + 1, section: before + i < capacity ? 'needs-you' : 'also-watched' }));
}

/** The caseload of a counselor; for an admin of everybody, or of the counselor they ask for. */
export class CaseloadReader {
  constructor(
    private readonly registry: Registry,
    private readonly vault: Vault,
    private readonly desk: AlertDesk,
    private readonly through: () => Promise<string>,
    private readonly now: Clock,
  ) {}

  async read(caller: Caller, query: Query, state: RequestState): Promise<Caseload> {
    state.through = await this.through();
    const { alertCases, policies } = this.registry.tenant(caller.tenant);
    const whose = this.whose(caller, query);
    const mine: AlertFilter = {
      held: false, // nobody is called because a platform is down; an admin sees how many wait
      ...(whose === null ? {} : { counselors: [whose] }),
      ...(caller.schools.length > 0 ? { schools: caller.schools } : {}),
      ...(query.school === undefined ? {} : { schools: [query.school] }),
    };
    const [policy, counts, learners] = await Promise.all([
      policies.get('alerts', query.school),
      alertCases.counts(mine),
      this.caseloadOf(caller, whose),
    ]);
    const capacity = policy.value.newPerCounselorAndWeek ?? CAPACITY;
    const { cases, next, before } = await this.page(caller, query, mine, learners);
    const words = await this.desk.words(caller, cases, state);
    return {
      items: [
        ...ranked(
          cases.map((alert) => alertSummary(alert, words)),
          before,
          capacity,
        ),
      ],
      next,
      through: state.through,
      capacity,
      counts: {
        active: counts.open + counts.acknowledged + counts.contested,
        overdue: counts.overdue,
        snoozed: counts.snoozed,
        closed: counts.resolved + counts.overridden,
        learners: learners.length,
      },
    };
  }

  /** Whose caseload: an admin may ask for anybody's; null: everybody's. Whoever has no person in the roster has none. */
  private whose(caller: Caller, query: Query): string | null {
    if (caller.roles.includes('admin')) return query.counselor ?? null;
    return caller.person ?? '';
  }

  private caseloadOf(caller: Caller, whose: string | null): Promise<readonly string[]> {
    return whose === null
      ? Promise.resolve([])
      : this.registry.tenant(caller.tenant).access.learnersOfCounselor(whose, { limit: MOST_LEARNERS });
  }

  private async page(caller: Caller, query: Query, mine: AlertFilter, learners: readonly string[]) {
    const { alertCases } = this.registry.tenant(caller.tenant);
    const cursor = readCursor(query.cursor);
    const before = cursor?.before ?? 0;
    const narrowed = await this.narrowed(caller, query, mine, learners);
    const statuses = statusesOf(query.show);
    const filter: AlertFilter = { ...mine, ...(narrowed ? { learners: narrowed } : {}), ...(statuses ? { statuses } : {}) };
    const overdue = query.show === 'overdue';
    const order = overdue ? 'dueAt' : orders[query.rank];
    const page = await alertCases.list(filter, { order, limit: query.limit, ...(cursor ? { cursor: cursor.after } : {}) });
    const now = this.now().toISOString();
    // Ordered by due time, so the first that is not overdue ends the list.
    const late = overdue ? page.alerts.filter((alert) => alert.latest.dueAt < now) : page.alerts;
    const ended = page.next === null || late.length < page.alerts.length;
    const cases = late.filter((alert) => query.reason === undefined || alert.latest.reasons.some(({ code }) => code === query.reason));
    return { cases, before, next: ended ? null : writeCursor({ after: page.next, before: before + cases.length }) };
  }

  /** Tokens that search and class leave over, or undefined where neither was asked for. */
  private async narrowed(
    caller: Caller,
    query: Query,
    mine: AlertFilter,
    learners: readonly string[],
  ): Promise<readonly string[] | undefined> {
    const access = this.registry.tenant(caller.tenant).access;
    const inClass = query.class === undefined ? undefined : await access.learnersOfClasses([query.class], { limit: MOST_LEARNERS });
    if (query.search === undefined) return inClass;
    const within = inClass ?? (learners.length > 0 ? learners : await this.withAlerts(caller, mine));
    return this.vault.search(caller.tenant, query.search, within);
  }

  /** Learners who have an alert: what an admin searches through. */
  private async withAlerts(caller: Caller, filter: AlertFilter): Promise<readonly string[]> {
    const { alertCases } = this.registry.tenant(caller.tenant);
    const found: AlertCase[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof alertCases.list>> = await alertCases.list(filter, {
        limit: 500,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.alerts);
      cursor = page.next;
    } while (cursor !== null && found.length < MOST_LEARNERS);
    return [...new Set(found.map(({ latest }) => latest.learner))];
  }
}
