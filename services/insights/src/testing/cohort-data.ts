import { auditFairness } from '@pharos/fairness';
import { type Row, type Warehouse } from '@pharos/warehouse';
import { START, tenants, token } from './district.js';

/** Learners of each class: enough to be shown in one, too few of some groups in the other. */
export const sizes = { algebra: 40, bio: 24 } as const;
/** Of them at risk (probability .8); the others are at .2. */
export const atRisk = { algebra: 15, bio: 4 } as const;

const learnersOf = (tenant: (typeof tenants)[number], id: keyof typeof sizes): readonly string[] => {
  const named = id === 'algebra' ? ['l1', 'l2'] : ['l3'];
  return Array.from({ length: sizes[id] }, (_, i) => token(tenant, named[i] ?? `${id}-${i}`));
};

/** One trained model of each district, with what its audit found. The audit is a real one, of a small made-up sample. */
async function fillModels(warehouse: Warehouse): Promise<void> {
  const sample = Array.from({ length: 60 }, (_, i) => i);
  const report = auditFairness({
    label: sample.map((i) => (i % 3 === 0 ? 1 : 0)),
    score: sample.map((i) => (i % 10) / 10),
    threshold: 0.5,
    groups: { gender: sample.map((i) => (i % 2 === 0 ? 'f' : 'm')) },
    person: sample,
    seed: 1,
    resamples: 20,
    permutations: 20,
    abrocaRounds: 20,
  });
  const metric = { value: 0.8, low: 0.75, high: 0.85 };
  const of = (tenant: string) => ({ model: `m-${tenant}`, recipe: 'logistic', target: 'not-passing', asOf: START });
  const meta = { occurred_at: START, known_at: START, recorded_at: START, log_partition: 0, log_offset: 0 };
  const trained = (tenant: string) => ({
    ...of(tenant), seed: 1, features: ['work_missed'], positions: { epoch: 'e', offsets: {} }, learned: {},
    window: { classes: ['algebra'], rows: 60, learners: 60, baseRate: 0.3 },
    validation: { classes: ['bio'], rows: 24, metrics: { auc: metric }, reliability: [{ from: 0, to: 0.1, n: 6, predicted: 0.05, observed: 0.1 }] },
  }); // prettier-ignore
  const common = (tenant: string) => ({ tenant, model: `m-${tenant}`, recipe: 'logistic', target: 'not-passing', ...meta });
  await warehouse.writer.insert(
    'models',
    tenants.map((tenant) => ({ ...common(tenant), id: `trained-${tenant}`, type: 'ModelTrained', body: JSON.stringify(trained(tenant)) })),
  );
  const audited = (tenant: string) => ({ ...of(tenant), classes: ['bio'], threshold: 0.5, report });
  await warehouse.writer.insert(
    'audits',
    tenants.map((tenant) => ({ ...common(tenant), id: `audit-${tenant}`, as_of: START, body: JSON.stringify(audited(tenant)) })),
  );
}

/** Enrolments, activity, work, attendance, scores and attributes of both districts, as the fold would have written them. */
export async function fillCohorts(warehouse: Warehouse): Promise<void> {
  const members = tenants.flatMap((tenant) =>
    (['algebra', 'bio'] as const).flatMap((id) => learnersOf(tenant, id).map((learner, i) => ({ tenant, class: id, learner, i }))),
  );
  const meta = (kind: string, { tenant, class: id, learner, i }: (typeof members)[number]) => ({
    id: `${kind}-${tenant}-${id}-${learner}`, occurred_at: '2026-01-28T10:00:00.000Z', known_at: '2026-01-28T10:00:00.000Z', recorded_at: START,
    log_partition: 0, log_offset: i,
  }); // prettier-ignore
  const write = warehouse.writer;
  await write.insert(
    'enrolments',
    members.map((m) => ({
      tenant: m.tenant,
      class: m.class,
      learner: m.learner,
      registered_on: '2026-01-05',
      previous_attempts: 0,
      credits: 60,
      ...meta('enrolled', m),
    })),
  );
  await write.insert(
    'attributes',
    members.map((m) => ({
      tenant: m.tenant,
      learner: m.learner,
      attribute: 'gender',
      class: '',
      value: m.i % 2 === 0 ? 'f' : 'm',
      protected: 1,
      ...meta('gender', m),
    })),
  );
  await write.insert(
    'attributes',
    members.map((m) => ({
      tenant: m.tenant,
      learner: m.learner,
      attribute: 'route',
      class: '',
      value: m.i < 4 ? 'transfer' : 'regular',
      protected: 0,
      ...meta('route', m),
    })),
  );
  await write.insert('work', tenants.map((tenant) => ({ tenant, class: 'algebra', work: 'https://lms/w1', title: 'Quadratics', kind: 'assignment', due_on: '2026-01-26', weight: 20, id: `w-${tenant}`, occurred_at: START, known_at: '2026-01-05T00:00:00.000Z', recorded_at: START, log_partition: 0, log_offset: 0 }))); // prettier-ignore
  await write.insert('attendance', members.filter(({ i }) => i < 20).map((m) => ({ tenant: m.tenant, learner: m.learner, marked_on: '2026-01-28', school: 's1', class: '', status: m.i < 5 ? 'absent' : 'present', ...meta('attended', m) }))); // prettier-ignore
  const statement = (m: (typeof members)[number], over: Partial<Row<'statements'>>): Row<'statements'> => ({
    tenant: m.tenant, learner: m.learner, ...meta('seen', m), verb: 'v', activity: 'https://lms/page', activity_type: 't', kind: 'page', action: 'viewed',
    context: [`https://lms/${m.class}`], registration: '', amount: 3, duration_seconds: null, scaled: null, correct: null, refers_to: '', credential: 'lms',
    xapi: '1.0.3', hash: 'h', body: '{}', ...over,
  }); // prettier-ignore
  const active = members.filter(({ i }) => i < 20);
  await write.insert(
    'statements',
    active.map((m) => statement(m, {})),
  );
  await write.insert('contexts', tenants.flatMap((tenant) => ['algebra', 'bio'].map((id, i) => ({ tenant, context: [`https://lms/${id}`], id: `c-${tenant}-${id}`, occurred_at: START, known_at: START, recorded_at: START, log_partition: 0, log_offset: i }) as unknown as Row<'contexts'>))); // prettier-ignore
  const handedIn = members.filter((m) => m.class === 'algebra' && m.i >= 10);
  await write.insert('attempts', handedIn.map((m) => ({ tenant: m.tenant, activity: 'https://lms/w1', learner: m.learner, ...meta('handed', m), kind: 'assignment', action: 'submitted', context: [`https://lms/${m.class}`], scaled: 0.5, correct: null, duration_seconds: null }))); // prettier-ignore
  await write.insert('scores', ['2026-01-21T00:00:00.000Z', '2026-01-28T00:00:00.000Z'].flatMap((asOf, week) => members.map((m) => ({
    tenant: m.tenant, target: 'not-passing', class: m.class, learner: m.learner, as_of: asOf, ...meta(`score${week}`, m), known_at: asOf, term: '2026S', week: week + 2,
    model: 'm1', recipe: 'logistic', log_odds: m.i < atRisk[m.class] ? 1.386 : -1.386, probability: m.i < atRisk[m.class] ? 0.8 : 0.2, raw: 1, intercept: -0.5,
    contributions: JSON.stringify([{ feature: 'work_missed', value: 1, reference: 0, logOdds: 1.886 }]), held_out: 'null', positions: '{"epoch":"e","offsets":{}}',
  })))); // prettier-ignore
  await fillModels(warehouse);
  await write.rollUpAll();
}
