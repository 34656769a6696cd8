import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewFact } from '@pharos/facts';
import { ReferenceMemory } from '../records/reference-memory.js';
import { openTestRecords } from '../testing/open-records.js';

/** xAPI 1.0.3, part three, 2.1.3: GET Statements. Each query is put while nothing, a part and all of the log is folded. */
const uuid = (n: number) => `0c000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const person = (name: string) => ({ account: { homePage: 'https://sis.example', name } });
const ann = person('ann.lee.1');
const bob = person('bob.ray.1');
const answered = { id: 'http://adlnet.gov/expapi/verbs/answered' };
const voided = { id: 'http://adlnet.gov/expapi/verbs/voided' };
const quiz = { id: 'https://lms.example/quiz' };
const reading = { id: 'https://lms.example/reading' };
const registration = uuid(900);
const ref = (n: number) => ({ objectType: 'StatementRef', id: uuid(n) });
const confirmed = { id: 'http://example.org/confirmed' };
const readVerb = { id: 'http://activitystrea.ms/schema/1.0/read' };

const STATEMENTS: readonly Record<string, unknown>[] = [
  {
    id: uuid(0),
    actor: ann,
    verb: answered,
    object: { ...quiz, definition: { name: { en: 'Quiz', de: 'Test' } } },
    context: { registration },
  },
  { id: uuid(1), actor: bob, verb: answered, object: quiz, context: { registration: registration.toUpperCase(), instructor: ann } },
  {
    id: uuid(2),
    actor: { objectType: 'Group', member: [ann, bob] },
    verb: readVerb,
    object: reading,
    context: { contextActivities: { parent: quiz } },
  },
  { id: uuid(3), actor: bob, verb: confirmed, object: { objectType: 'Agent', ...ann } },
  { id: uuid(4), actor: bob, verb: confirmed, object: ref(0) },
  { id: uuid(5), actor: bob, verb: confirmed, object: ref(4) },
  { id: uuid(6), actor: person('cy.fox.1'), verb: confirmed, object: ref(7) },
  { id: uuid(7), actor: person('cy.fox.1'), verb: confirmed, object: ref(6) },
  { id: uuid(8), actor: ann, verb: readVerb, object: reading },
  { id: uuid(9), actor: bob, verb: voided, object: ref(8) },
  { id: uuid(10), actor: bob, verb: answered, object: { objectType: 'SubStatement', actor: ann, verb: answered, object: quiz } },
  { id: uuid(11), actor: bob, verb: confirmed, object: ref(8) },
];
const numbers = (reply: { json: <T>() => T }) =>
  reply.json<{ statements: { id: string }[] }>().statements.map(({ id }) => Number(id.slice(-4)));
const query = (parameters: Record<string, string>) => `/xapi/statements?${new URLSearchParams(parameters).toString()}`;
const agent = (who: object) => JSON.stringify(who);

let records: Awaited<ReturnType<typeof openTestRecords>>;
describe.each([
  ['looked for in the log', undefined],
  ['kept in memory', new ReferenceMemory(5_000, 0)],
  ['too many to be kept', new ReferenceMemory(1, 0)],
])('references %s', (_memory, references) => {
  beforeAll(async () => {
    records = await openTestRecords(references && { references });
    for (const statement of STATEMENTS) {
      const reply = await records.ask({ method: 'POST', url: '/xapi/statements', headers: { 'content-type': 'application/json' }, payload: JSON.stringify(statement) }, 'lms'); // prettier-ignore
      expect(reply.statusCode).toBe(200);
    }
  }, 60_000);
  afterAll(() => records.dispose());

  const QUERIES: readonly (readonly [name: string, parameters: Record<string, string>, found: readonly number[]])[] = [
    ['all, newest first, without the voided one', {}, [11, 10, 9, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['ascending', { ascending: 'true' }, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11]],
    // 9 and 11 refer to the voided statement 8, which is about ann: they stay.
    ['agent as actor, member or object, and through references', { agent: agent(ann) }, [11, 9, 5, 4, 3, 2, 0]],
    ['related_agents', { agent: agent(ann), related_agents: 'true' }, [11, 10, 9, 5, 4, 3, 2, 1, 0]],
    ['verb', { verb: answered.id }, [10, 5, 4, 1, 0]],
    ['activity', { activity: quiz.id }, [5, 4, 1, 0]],
    ['related_activities', { activity: quiz.id, related_activities: 'true' }, [10, 5, 4, 2, 1, 0]],
    ['registration, in either case', { registration }, [5, 4, 1, 0]],
    ['several filters', { activity: quiz.id, verb: answered.id, agent: agent(bob) }, [1]],
    ['several filters, through a reference', { activity: quiz.id, verb: answered.id, agent: agent(ann) }, [5, 4, 0]],
    ['references in a circle', { agent: agent(person('cy.fox.1')) }, [7, 6]],
    ['an unknown agent', { agent: agent(person('nobody.known')) }, []],
    ['limit', { limit: '2' }, [11, 10]],
  ];

  describe.each([
    ['nothing', 0],
    ['a part', 1],
    ['all', Infinity],
  ] as const)('with %s folded', (_, upTo) => {
    beforeAll(async () => {
      if (upTo > 0) await records.fold(upTo);
    });

    it.each(QUERIES)('finds %s', async (_name, parameters, found) => {
      const reply = await records.ask({ url: query(parameters) });
      expect([reply.statusCode, numbers(reply)]).toEqual([200, found]);
      expect(reply.headers['x-experience-api-consistent-through']).toMatch(/^2026-01-01T/);
    });

    it('pages without gap or repeat while more is stored', async () => {
      for (const ascending of ['true', 'false']) {
        const whole = numbers(await records.ask({ url: query({ ascending }) }));
        const paged: number[] = [];
        for (let url = query({ ascending, limit: '3' }); url !== '';) {
          const reply = await records.ask({ url });
          paged.push(...numbers(reply));
          url = reply.json<{ more: string }>().more;
          await records.ask({ method: 'POST', url: '/xapi/statements', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ actor: person('late.comer'), verb: readVerb, object: reading }) }, 'other'); // prettier-ignore
        }
        expect(paged).toEqual(whole);
      }
    });

    it('since is exclusive and until inclusive, by stored', async () => {
      const all = (await records.ask({ url: query({ ascending: 'true' }) })).json<{ statements: { id: string; stored: string }[] }>()
        .statements;
      const stored = all[3]!.stored;
      expect(numbers(await records.ask({ url: query({ ascending: 'true', until: stored }) }))).toEqual([0, 1, 2, 3]);
      expect(numbers(await records.ask({ url: query({ ascending: 'true', since: stored, limit: '2' }) }))).toEqual([4, 5]);
      // Through a reference, time is that of the referring statement.
      expect(numbers(await records.ask({ url: query({ agent: agent(ann), since: stored }) }))).toEqual([11, 9, 5, 4]);
    });

    it('a tenant and a sender see their own', async () => {
      expect(numbers(await records.ask({ url: query({ agent: agent(ann) }) }, 'other'))).toEqual([]);
      expect(numbers(await records.ask({ url: query({}) }, 'mine'))).toEqual([]);
    });

    it('canonical merges definitions and chooses one language; ids says what identifies', async () => {
      const canonical = await records.ask({ url: query({ activity: quiz.id, agent: agent(bob), format: 'canonical' }), headers: { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.2' } }); // prettier-ignore
      expect(canonical.json<{ statements: { object: unknown }[] }>().statements[0]?.object).toEqual({
        ...quiz,
        definition: { name: { de: 'Test' } },
      });
      const ids = await records.ask({ url: query({ activity: quiz.id, verb: answered.id, agent: agent(ann), format: 'ids', ascending: 'true', limit: '1' }) }); // prettier-ignore
      expect(ids.json<{ statements: object[] }>().statements[0]).toMatchObject({ actor: ann, verb: answered, object: quiz });
    });
  });

  it('a statement that lies in the log twice, as after a lost answer, is on one page of all', async () => {
    const whole = numbers(await records.ask({ url: query({ ascending: 'true', activity: quiz.id }) }));
    const { position } = (await records.log.findClaim('t', uuid(0)))!;
    const [first] = await records.log.read('statements', position.partition, position.offset, { maxFacts: 1 });
    const { recordedAt: _at, ...repeated } = first!.stored as NewFact & { readonly recordedAt: string };
    await records.log.append([repeated]);
    for (const folded of [0, Infinity]) {
      await records.fold(folded);
      const paged: number[] = [];
      for (let url = query({ ascending: 'true', activity: quiz.id, limit: '1' }); url !== '';) {
        const reply = await records.ask({ url });
        paged.push(...numbers(reply));
        url = reply.json<{ more: string }>().more;
      }
      expect(paged).toEqual(whole);
    }
  });

  describe('a query that is not as it should be', () => {
    it.each([
      ['statementId with a filter', { statementId: uuid(0), verb: answered.id }],
      ['both ids', { statementId: uuid(0), voidedStatementId: uuid(1) }],
      ['an id that is none', { statementId: 'x' }],
      ['a name in another case', { Verb: answered.id }],
      ['an agent that is no JSON', { agent: 'ann' }],
      ['an agent without identifier', { agent: '{"name":"Ann"}' }],
      ['a verb that is no IRI', { verb: 'answered' }],
      ['an activity that is no IRI', { activity: 'quiz' }],
      ['a registration that is no UUID', { registration: '1' }],
      ['since that is no timestamp', { since: 'yesterday' }],
      ['until that is no timestamp', { until: '2026' }],
      ['a negative limit', { limit: '-1' }],
      ['a limit that is no number', { limit: 'ten' }],
      ['another format', { format: 'Exact' }],
      ['a boolean in another case', { ascending: 'True' }],
      ['a token that was not made here', { more: 'e30' }],
    ])('400 for %s', async (_name, parameters) => {
      const reply = await records.ask({ url: query(parameters) });
      expect(reply.statusCode).toBe(400);
      expect(reply.headers['x-experience-api-consistent-through']).toBeDefined();
    });

    it('a voided statement is found by voidedStatementId alone', async () => {
      expect((await records.ask({ url: query({ statementId: uuid(8) }) })).statusCode).toBe(404);
      expect((await records.ask({ url: query({ voidedStatementId: uuid(8), format: 'ids' }) })).json<{ id: string }>().id).toBe(uuid(8));
      expect((await records.ask({ url: query({ voidedStatementId: uuid(0) }) })).statusCode).toBe(404);
    });

    it('without the right to names, tokens stand for people', async () => {
      const reply = await records.ask({ url: query({ limit: '1', activity: quiz.id }) }, 'reader');
      expect(reply.payload).not.toContain('bob.ray.1');
      expect(reply.payload).toContain('https://pharos.dev/xapi/tokens');
    });
  });
});
