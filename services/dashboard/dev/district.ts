import {
  type ActionDone,
  type AlertSummary,
  type FairnessPolicy,
  type LendingPolicySet,
  type Problem,
  type ProblemCode,
  problemStatus,
  problemType,
  type Role,
  type RouteShape,
  routeList,
  type Session,
} from '@pharos/contract';
import { type Act, belongs, foretell } from '../src/caseload/foretell.js';
import { auditOf, practiceOf, selectionOf } from './audits.js';
import { alertOf, detailOf, historyOf, interventions, reasonsOf } from './cases.js';
import { overviewOf } from './cells.js';
import { deadLettersOf, jobRunsOf, keysOf, liveOf, platformsOf, statementOf, statementsOf } from './machines.js';
import { decisionsOf, inputsOf, observationsOf, offersOf, standingOf } from './gate.js';
import { colleague, counselor, courses, makeLearners, schools } from './people.js';
import { seeded } from './random.js';
import { profileOf, riskHistoryOf, timelineOf } from './stories.js';
import { modelOf, summaryOf } from './trust.js';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Whose cookie came along. */
  readonly role: string | null;
}
export interface Answered {
  readonly status: number;
  readonly body?: unknown;
  /** Whom to remember; empty: nobody. */
  readonly role?: string;
}
export type MadeUp = (asked: Asked) => Answered;

/** What a handler has to go on. */
interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly session: Session;
}

const problem = (code: ProblemCode, more: Partial<Problem> = {}): Answered => ({
  status: problemStatus[code],
  body: { type: problemType(code), title: code, status: problemStatus[code], code, instance: 'urn:pharos:request:made-up', ...more } satisfies Problem,
}); // prettier-ignore

/** Which route a request means, with its params. */
export function routeOf(method: string, path: string): { name: string; route: RouteShape; params: Record<string, string> } | undefined {
  for (const { name, route } of routeList) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param!);
    const found = new RegExp(`^/api${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (found && route.method === method) {
      return { name, route, params: Object.fromEntries(names.map((param, index) => [param, decodeURIComponent(found[index + 1]!)])) };
    }
  }
  return undefined;
}

export function sessionOf(role: Role, now: Date): Session {
  const names: Partial<Record<Role, string>> = { counselor: 'Ana Rivera', analyst: 'Ruth Feld', admin: 'Sam Okoye', learner: 'Amara Okafor', teacher: 'Jon Bell' };
  return {
    user: `u-${role}`, person: role === 'counselor' ? counselor.token : null, name: names[role] ?? role, tenant: 'demo', roles: [role], locale: 'en',
    timeZone: 'Europe/Madrid', csrf: 'made-up', expiresAt: new Date(now.getTime() + 3_600_000).toISOString(), learners: role === 'learner' ? ['l-1'] : [], schools: [],
  };
} // prettier-ignore

/** A made-up district that keeps what is done to its alerts. Answers every route that the page asks. */
export function createDistrict(now: Date): MadeUp {
  const learners = makeLearners(now, 64);
  const through = now.toISOString();
  const alerts = new Map<string, AlertSummary>(learners.slice(0, 22).map((learner, index) => [`alert-${index + 1}`, alertOf(learner, index, now)]));
  const before = new Map<string, AlertSummary>();
  let fairness: { version: number; value: FairnessPolicy } = { version: 0, value: { limitPer100: 5, mitigation: null, reason: '' } };
  let lending: LendingPolicySet = { version: 1, value: { to: ['riverside'], reason: 'They begin with our courses' } };
  const learnerOf = (token: string | undefined) => learners.find((learner) => learner.person.token === token) ?? learners[0]!;
  const openAlertOf = (token: string | undefined) => [...alerts.values()].find((alert) => alert.learner.token === token) ?? null;

  const act = (kind: Act['do']) => ({ params, body, session }: Call): ActionDone => {
    const alert = alerts.get(params.alert!)!;
    const what = { do: kind, ...body, title: interventions.find((one) => one.id === body.intervention)?.title.en ?? '' } as unknown as Act;
    before.set(alert.alert, alert);
    const done = { ...foretell(alert, what, { token: session.user, name: session.name }, new Date().toISOString()), version: alert.version + 1 };
    alerts.set(alert.alert, done);
    return { alert: done, action: `${alert.alert}-${done.version}`, undoUntil: new Date(Date.now() + 10_000).toISOString() };
  };

  const handlers: Readonly<Record<string, (call: Call) => unknown>> = {
    'session.me': ({ session }) => session,
    'overview.get': ({ query }) => overviewOf(query, now),
    'places.schools': () => ({ items: schools.map((school) => ({ school: school.id, title: school.title, classes: 12 })) }),
    'places.courses': () => ({ items: courses.map((course) => ({ course: course.id, title: course.title, school: 'north', classes: 4 })) }),
    'places.classes': () => ({ items: [...new Map(learners.flatMap((one) => one.classes).map((one) => [one.class, one])).values()], next: null }),
    'caseload.list': ({ query }) => {
      const show = query.show ?? 'active';
      const all = [...alerts.values()];
      const shown = all.filter((alert) => belongs(alert, show as 'active') && (alert.learner.name ?? '').toLowerCase().includes((query.search ?? '').toLowerCase()));
      const items = shown.map((alert, index) => ({ ...alert, rank: index + 1, section: index < 8 ? 'needs-you' : 'also-watched' }));
      const count = (kind: 'active' | 'overdue' | 'snoozed' | 'closed') => all.filter((alert) => belongs(alert, kind)).length;
      return {
        items, next: null, through, capacity: 8,
        counts: { active: count('active'), overdue: count('overdue'), snoozed: count('snoozed'), closed: count('closed'), learners: 64 },
      };
    },
    'caseload.colleagues': () => ({ items: [{ ...colleague, roles: ['counselor'] }] }),
    'alerts.get': ({ params }) => {
      const alert = alerts.get(params.alert!)!;
      return detailOf(alert, learnerOf(alert.learner.token), now);
    },
    'alerts.history': ({ params }) => ({ items: historyOf(alerts.get(params.alert!)!, now) }),
    'alerts.acknowledge': act('acknowledge'), 'alerts.assign': act('assign'), 'alerts.intervene': act('intervene'), 'alerts.snooze': act('snooze'),
    'alerts.override': act('override'), 'alerts.resolve': act('resolve'), 'alerts.note': act('note'), 'alerts.contest': act('note'),
    'alerts.withdraw': ({ params }) => {
      const old = before.get(params.alert!)!;
      alerts.set(old.alert, old);
      return { alert: old, action: 'withdrawn', undoUntil: null };
    },
    'learners.list': ({ query }) => ({
      items: learners
        .filter((one) => (one.person.name ?? '').toLowerCase().includes((query.search ?? '').toLowerCase()))
        .filter((one) => !query.class || one.classes.some((entry) => entry.class === query.class))
        .map((one) => ({
          learner: one.person, classes: one.classes.map((entry) => ({ id: entry.class, title: entry.title })),
          risk: profileOf(one, null, now).classes[0]!.risk, alert: openAlertOf(one.person.token)?.alert ?? null,
        })),
      next: null, through,
    }),
    'learners.get': ({ params }) => profileOf(learnerOf(params.learner), openAlertOf(params.learner), now),
    'learners.timeline': ({ params }) => timelineOf(learnerOf(params.learner), openAlertOf(params.learner), now),
    'learners.risk': ({ params }) => riskHistoryOf(learnerOf(params.learner), now),
    'learners.reasons': ({ params }) => ({ items: reasonsOf(learnerOf(params.learner), seeded(3)) }),
    'models.list': () => ({ items: [modelOf(now, true), modelOf(now, false)].map(summaryOf) }),
    'models.get': ({ params }) => modelOf(now, params.model === modelOf(now, true).model),
    'models.audit': () => auditOf(now),
    'gate.standing': () => standingOf(now),
    'gate.offers': () => ({ items: offersOf(now) }),
    'gate.lending': () => lending,
    'gate.lend': ({ body }) => (lending = { version: lending.version + 1, value: body.value as LendingPolicySet['value'] }),
    'gate.decisions': () => ({ items: decisionsOf(now), next: null }),
    'gate.inputs': () => ({ items: inputsOf(now), next: null }),
    'gate.observations': () => ({ items: observationsOf(now), next: null }),
    'audits.selection': () => selectionOf(now),
    'audits.practice': () => practiceOf(now),
    'audits.policy': () => fairness,
    'audits.decide': ({ body }) => (fairness = { version: fairness.version + 1, value: body.value as FairnessPolicy }),
    'operations.jobRuns': () => ({ items: jobRunsOf(now), next: null }),
    'operations.deadLetters': () => ({ items: deadLettersOf(now), next: null }),
    'operations.platforms': () => platformsOf(new Date()),
    'platforms.live': () => liveOf(new Date()),
    'platforms.example': () => ({ text: '{"result":{"score":{"scaled":93}}}' }),
    'keys.list': () => ({ items: keysOf(now) }),
    'statements.list': () => ({ items: statementsOf(new Date()), next: null, through }),
    'statements.get': () => statementOf(now),
    'catalogue.get': () => ({ version: 0, value: interventions }),
  }; // prettier-ignore

  return ({ method, url, body, role }) => {
    const { pathname, searchParams } = new URL(url, 'http://made.up');
    const found = routeOf(method, pathname);
    const said = (body === '' ? {} : JSON.parse(body)) as Readonly<Record<string, unknown>>;
    if (!found) return problem('not-found');
    if (found.name === 'session.signIn') {
      const wanted = sessionOf(String(said.login) as Role, now);
      return said.password === 'wrong' ? problem('sign-in-failed') : { status: 200, body: wanted, role: wanted.roles[0]! };
    }
    if (found.name === 'session.signOut') return { status: 204, role: '' };
    if (!role) return problem('signed-out');
    const handler = handlers[found.name];
    if (!handler) return problem('not-found');
    // Whoever writes "conflict" has lost a race, so that it can be seen how that is told.
    if (said.note === 'conflict') return problem('conflict', { conflict: { what: 'AlertResolved', by: colleague, at: through, version: 9, status: 'resolved' } });
    const call = { params: found.params, query: Object.fromEntries(searchParams), body: said, session: sessionOf(role as Role, now) };
    return { status: 200, body: handler(call) };
  };
} // prettier-ignore
