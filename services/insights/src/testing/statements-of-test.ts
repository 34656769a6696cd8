import { credentialKey, ANY_KEY, activityKey, keyTag, verbKey } from '@pharos/xapi';
import { type Warehouse } from '@pharos/warehouse';
import { type StatementReader } from '../statements/statement-reader.js';
import { tenants, token, type TenantName } from './district.js';

/** Ids differ between tenants, so that a leak is seen. */
export const statementId = (tenant: TenantName, n: number): string =>
  `${tenant === 'north' ? '0' : '1'}0000000-0000-4000-8000-00000000000${n}`;

const VERB = 'http://adlnet.gov/expapi/verbs/answered';
export const ACTIVITY = 'https://lms.example/quiz/1';
const at = (n: number) => `2026-02-02T07:5${n}:00.000Z`;

/** Three answers of a learner of each tenant, a minute apart; the second was taken back, the third changed a level. */
export async function fillStatements(warehouse: Warehouse, credentials: ReadonlyMap<string, { readonly id: string }>): Promise<void> {
  for (const tenant of tenants) {
    const credential = credentials.get(tenant)!.id;
    const learner = token(tenant, 'l1');
    const places = [1, 2, 3].map((n) => ({ n, id: statementId(tenant, n), recorded_at: at(n), log_partition: 0, log_offset: n }));
    const facts = places.map(({ n: _n, ...place }) => ({ ...place, occurred_at: place.recorded_at, known_at: place.recorded_at }));
    const keys = [ANY_KEY, credentialKey(credential), verbKey(VERB), activityKey(ACTIVITY)];
    await warehouse.writer.insert(
      'keyed_statements',
      places.map(({ n: _n, ...place }) => ({ tenant, ...place, keys, tags: keys.map(keyTag) })),
    );
    await warehouse.writer.insert(
      'statements',
      facts.map((fact, index) => ({
        tenant, learner, ...fact, verb: VERB, activity: ACTIVITY, activity_type: '', kind: 'practice', action: 'answered', context: ['https://lms/algebra'],
        registration: '', amount: 0, duration_seconds: null, scaled: null, correct: index === 0 ? 0 : 1, refers_to: '', credential, xapi: '1.0.3', hash: '',
        body: JSON.stringify({ actor: { 'pharos:token': learner }, verb: { id: VERB, display: { en: 'answered' } }, object: { id: ACTIVITY, definition: { name: { en: 'Quiz one' } } } }),
      })),
    ); // prettier-ignore
    await warehouse.writer.insert('voids', [
      { tenant, ...facts[1]!, id: `${tenant}-void`, target: statementId(tenant, 2), voider: `${tenant}-v` },
    ]);
    await warehouse.writer.insert('answers', [
      { tenant, learner, ...facts[2]!, activity: ACTIVITY, skills: ['fractions'], correct: 1, duration_seconds: null, hints: null, attempt: null },
    ]);
    const level = { tenant, learner, skill: 'fractions', model: 'm', estimate: 0.7, low: 0.5, high: 0.9 };
    await warehouse.writer.insert('mastery', [
      { ...level, ...facts[0]!, id: `${tenant}-level-1`, as_of: at(1), evidence: 1, level: 'attempted' },
      { ...level, ...facts[2]!, id: `${tenant}-level-2`, as_of: at(3), evidence: 2, level: 'familiar' },
    ]);
  }
}

/** Statements as the door would read them. The door's own reading is tested in ingest. */
export const statementsOfTest: StatementReader = {
  read: (tenant, id, withIdentities) => {
    const known = [1, 2, 3].some((n) => statementId(tenant as TenantName, n) === id);
    const learner = token(tenant as TenantName, 'l1');
    const read = withIdentities ? { statement: { id, actor: { name: 'Ana' } }, shows: [learner] } : { statement: { id, actor: { account: { name: learner } } }, shows: [] };
    return Promise.resolve(known ? read : undefined);
  },
}; // prettier-ignore
