import { hash } from 'node:crypto';
import { type EventLog } from '@pharos/event-log';
import { type FactNamed, type NewFact } from '@pharos/facts';
import { type Door } from '@pharos/ingest';
import { type Warehouse } from '@pharos/warehouse';
import { keyTag, recordKeys, type TokenisedStatement } from '@pharos/xapi';

export const LEARNERS = 20_000;
export const COURSES = 200;
const ITEMS = 40;
const VERBS = ['answered', 'experienced', 'completed', 'progressed'];
/** One learner has every hundredth statement besides their own, so that there is a page 100 of a person, a registration and an activity. */
const EACH_OF_BUSIEST = 100;
const DOOR_BATCH = 1_000;
const FILL_BATCH = 20_000;

const uuidOf = (text: string) => {
  const hex = hash('md5', text, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const idOf = (n: number) => uuidOf(`statement ${n}`);
export const registrationOf = (learner: number) => uuidOf(`registration ${learner}`);
export const person = (name: string) => ({ account: { homePage: 'https://sis.example', name } });
export const verbOf = (n: number) => `http://adlnet.gov/expapi/verbs/${VERBS[n % VERBS.length]!}`;
export const itemOf = (course: number, item: number) => `https://lms.example/courses/${course}/items/${item}`;

const learnerOf = (n: number) => (n >= LEARNERS && n % EACH_OF_BUSIEST === 0 ? 0 : (n * 7_919) % LEARNERS);
const momentOf = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();

/** Statement n of the generated ones: learners, activities and registrations recur as in a district of 20,000 learners. */
export function statementOf(n: number) {
  const learner = learnerOf(n);
  const course = learner % COURSES;
  return {
    id: idOf(n),
    actor: person(`learner.${learner}`),
    verb: { id: verbOf(n) },
    object: { id: itemOf(course, n % ITEMS) },
    context: {
      registration: registrationOf(learner),
      instructor: person(`teacher.${course}`),
      contextActivities: { grouping: [{ id: `https://lms.example/courses/${course}` }] },
    },
    timestamp: momentOf(n),
  };
}

type Recorded = FactNamed<'StatementRecorded'>;

/** What the door has made of the first statement of each learner: the others differ from it in id, verb, item and moment. */
async function throughTheDoor(door: Door, log: EventLog): Promise<ReadonlyMap<number, Recorded>> {
  const sender = { credential: 'lms', scopes: ['all'] };
  const byId = new Map<string, number>();
  for (let from = 0; from < LEARNERS; from += DOOR_BATCH) {
    const statements = Array.from({ length: DOOR_BATCH }, (_, i) => statementOf(from + i));
    const taken = await door.acceptStatements({ tenant: 't', sender, version: '1.0.3', statements });
    if (!taken.ok) throw new Error(taken.refused.detail);
    for (let i = 0; i < DOOR_BATCH; i++) byId.set(taken.ids[i]!, learnerOf(from + i));
  }
  const found = new Map<number, Recorded>();
  for (let partition = 0; partition < log.partitions('statements'); partition++) {
    for (let next = 0, some = await log.read('statements', partition, next); some.length > 0; some = await log.read('statements', partition, next)) {
      for (const { stored } of some) found.set(byId.get((stored as Recorded).id)!, stored as Recorded);
      next += some.length;
    }
  } // prettier-ignore
  return found;
}

/**
 * So many statements in the log, with their claims, and in the tables of the record store. The first of each learner goes
 * through the door and the real fold; the others are facts made after theirs, appended through the log's port, and their
 * keys are inserted as the fold inserts them. The tables that only analytics reads stay with the first ones: no query of
 * the statement resource reads them, and filling them takes the most of a fold's time.
 *
 * @param foldFirst folds what is in the log, and commits it
 * @param committed says that everything below these offsets is in the tables
 */
export async function fillRecords(
  { door, log, warehouse }: { readonly door: Door; readonly log: EventLog; readonly warehouse: Warehouse },
  statements: number,
  foldFirst: () => Promise<void>,
  consumer: string,
): Promise<void> {
  const models = await throughTheDoor(door, log);
  await foldFirst();
  let inserting: Promise<void> = Promise.resolve();
  for (let from = LEARNERS; from < statements; from += FILL_BATCH) {
    const facts = Array.from({ length: Math.min(FILL_BATCH, statements - from) }, (_, i) => factLike(models, from + i));
    const append = await log.appendClaimed(facts.map((fact) => ({ fact, claim: { tenant: 't', id: fact.id, hash: fact.data.hash } })));
    if (append.outcome !== 'appended') throw new Error('an id came twice');
    const rows = facts.map(({ id, data }, index) => {
      const { position, recordedAt } = append.results[index]!;
      const keys = recordKeys({ id, credential: data.credential, statement: data.statement as unknown as TokenisedStatement });
      const place = { recorded_at: recordedAt, log_partition: position.partition, log_offset: position.offset };
      return { tenant: 't', id, keys, tags: keys.map(keyTag), ...place };
    });
    await inserting; // one at a time; meanwhile the next facts were made
    inserting = warehouse.writer.insert('keyed_statements', rows);
  }
  await inserting;
  for (const [partition, head] of (await log.heads('statements')).entries()) await log.commit(consumer, 'statements', partition, head);
}

function factLike(models: ReadonlyMap<number, Recorded>, n: number): NewFact & Pick<Recorded, 'data'> {
  const learner = learnerOf(n);
  const { type, version, tenant, key, data } = models.get(learner)!;
  const [id, verb, activity, moment] = [idOf(n), verbOf(n), itemOf(learner % COURSES, n % ITEMS), momentOf(n)];
  const statement = { ...data.statement, id, verb: { id: verb }, object: { id: activity }, timestamp: moment };
  return { id, type, version, tenant, key, occurredAt: moment, data: { ...data, verb, activity, statement } };
}
