import { type RaisedAlert, type Registry, type Role } from '@pharos/registry';
import { type NewFact } from '@pharos/facts';
import { type Warehouse } from '@pharos/warehouse';
import { type KnownPerson } from './memory-vault.js';

export const tenants = ['north', 'south'] as const;
export type TenantName = (typeof tenants)[number];
export const password = 'a long enough password';
export const START = '2026-02-02T08:00:00.000Z';

/** Tokens differ between tenants, so that a leak is seen. */
export const token = (tenant: TenantName, name: string): string => `${tenant}-${name}`;

const named: readonly (readonly [name: string, given: string, family: string])[] = [
  ['l1', 'Ana', 'Alvarez'],
  ['l2', 'Ben', 'Brook'],
  ['l3', 'Cleo', 'Castro'],
  ['c1', 'Nora', 'Nguyen'],
  ['c2', 'Omar', 'Oliveira'],
  ['t1', 'Tess', 'Tran'],
  ['g1', 'Gael', 'Alvarez'],
];

export const people: readonly KnownPerson[] = tenants.flatMap((tenant) =>
  named.map(([name, givenName, family]) => ({
    tenant,
    token: token(tenant, name),
    givenName,
    // The same family names in both tenants would hide a leak.
    familyName: `${family}-${tenant}`,
    email: `${name}@${tenant}.example`,
    identifiers: [`mailto:${name}@${tenant}.example`],
  })),
);

/** One user for each role; `counselor2` is a second counselor, `stranger` a counselor with no caseload. */
const users: readonly (readonly [login: string, roles: readonly Role[], person: string | null])[] = [
  ['analyst', ['analyst'], null],
  ['counselor', ['counselor'], 'c1'],
  ['counselor2', ['counselor'], 'c2'],
  ['teacher', ['teacher'], 't1'],
  ['learner', ['learner'], 'l1'],
  ['guardian', ['guardian'], 'g1'],
  ['privacy-officer', ['privacy-officer'], null],
  ['admin', ['admin'], null],
];
export const loginOf = (tenant: TenantName, user: string): string => `${user}@${tenant}.example`;

const fact = (tenant: TenantName, type: string, key: string, data: unknown, i: number): NewFact =>
  ({ id: `${tenant}-${type}-${i}`, type, version: 1, tenant, key, occurredAt: START, data }) as NewFact;

function rosterOf(tenant: TenantName): readonly NewFact[] {
  const t = (name: string) => token(tenant, name);
  const facts = (type: string, rows: readonly (readonly [key: string, data: object])[]) =>
    rows.map(([key, data], i) => fact(tenant, type, key, data, i));
  return [
    ...facts('CounselorAssigned', [
      [t('l1'), { learner: t('l1'), counselor: t('c1'), school: 's1', active: true }],
      [t('l2'), { learner: t('l2'), counselor: t('c1'), school: 's1', active: true }],
      [t('l3'), { learner: t('l3'), counselor: t('c2'), school: 's1', active: true }],
    ]),
    ...facts(
      'LearnerEnrolled',
      ['l1', 'l2', 'l3'].map((name) => [t(name), { learner: t(name), class: name === 'l3' ? 'bio' : 'algebra' }] as const),
    ),
    ...facts('TeacherAssigned', [['algebra', { teacher: t('t1'), class: 'algebra', active: true }]]),
  ];
}

export const raised = (tenant: TenantName, alert: string, learner: string, change: Partial<RaisedAlert> = {}): RaisedAlert => ({
  alert,
  learner: token(tenant, learner),
  target: 'not-passing',
  term: '2026S',
  school: 's1',
  counselor: token(tenant, learner === 'l3' ? 'c2' : 'c1'),
  probability: 0.74,
  heldOut: { rate: 0.71, low: 0.66, high: 0.76, n: 312 },
  reasons: [
    { code: 'work-missed', class: 'algebra', params: { missed: 3, due: 4, classMedian: 0 }, logOdds: 1.2, features: ['work_missed'] },
    { code: 'silent-days', class: 'algebra', params: { days: 9, classMedian: 1 }, logOdds: 0.6, features: ['days_silent'] },
  ],
  nextSteps: [{ intervention: 'work-plan', because: ['work-missed'] }],
  changed: [{ code: 'silent-days', class: 'algebra', how: 'new' }],
  evidence: [
    {
      class: 'algebra', score: 'x', model: 'm1', recipe: 'logistic', asOf: START, week: 4, logOdds: 1, probability: 0.74, raw: 1.1,
      intercept: -0.8, contributions: [{ feature: 'work_missed', value: 3, reference: 0, logOdds: 1.8 }],
      heldOut: { rate: 0.71, low: 0.66, high: 0.76, n: 312 }, positions: { epoch: 'e', offsets: {} },
    },
  ],
  asOf: START,
  dueAt: '2026-02-09T08:00:00.000Z',
  ...change,
}); // prettier-ignore

/** Two small districts alike in everything but their tokens and names. */
export async function fillDistricts(
  registry: Registry,
  warehouse: Warehouse,
): Promise<ReadonlyMap<string, { readonly id: string; readonly secret: string }>> {
  const keys = new Map<string, { id: string; secret: string }>();
  for (const tenant of tenants) {
    await registry.tenants.put({ id: tenant, name: tenant, settings: { timeZone: 'Europe/Madrid' } });
    const own = registry.tenant(tenant);
    for (const [user, roles, person] of users) {
      const created = await own.users.create({
        login: loginOf(tenant, user),
        password,
        roles,
        person: person === null ? null : token(tenant, person),
      });
      if (!created.ok) throw new Error(created.reason);
    }
    await own.access.setGuardian(token(tenant, 'g1'), token(tenant, 'l1'), true);
    const key = await own.credentials.create({ name: 'lms', scopes: ['answers/read'] });
    keys.set(tenant, { id: key.credential.id, secret: key.secret });
    const facts = rosterOf(tenant).map((each, offset) => ({
      partition: 0,
      offset,
      fact: { ...each, knownAt: START, recordedAt: START } as never,
    }));
    await registry.folds.apply({ consumer: `test-${tenant}`, topic: 'roster', partition: 0, facts, nextOffset: facts.length });
    for (const [alert, learner] of [
      ['a1', 'l1'],
      ['a2', 'l2'],
      ['a3', 'l3'],
    ] as const) {
      const id = `${tenant}-${alert}`;
      const act = { do: 'raise', raised: raised(tenant, id, learner, alert === 'a2' ? { probability: 0.6 } : {}) } as const;
      const outcome = await own.alertCases.execute({ alert: id, by: 'policy', at: START, act });
      if (!outcome.ok) throw new Error(outcome.reason);
    }
  }
  await fillClasses(warehouse);
  return keys;
}

async function fillClasses(warehouse: Warehouse): Promise<void> {
  const rows = tenants.flatMap((tenant) =>
    ['algebra', 'bio', `${tenant}-chess`].map((id, i) => ({
      tenant, class: id, title: id === 'algebra' ? 'Algebra 1' : id === 'bio' ? 'Biology' : 'Chess', course: id, course_title: id, school: 's1', school_title: 'North High',
      term: '2026S', start_day: '2026-01-05', end_day: '2026-06-19', iris: [`https://lms/${id}`], id: `${tenant}-${id}`, occurred_at: START, known_at: START,
      recorded_at: START, log_partition: 0, log_offset: i,
    })),
  ); // prettier-ignore
  await warehouse.writer.insert('classes', rows);
}
