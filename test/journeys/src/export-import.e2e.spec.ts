import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { askPharos, endAll, environment, type SentStatement, servePharos, statementStream, temporaryFolder } from '@pharos/faults';

type Json = Readonly<Record<string, unknown>>;

const uuid = (n: number) => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ann = { name: 'Ada Nobody', mbox: 'mailto:ada@nobody.example' };
const team = { objectType: 'Group', name: 'Team', account: { homePage: 'https://lms.example', name: 'team' }, member: [ann] };
const course = 'https://lms.example/courses/1';
const quiz = 'https://lms.example/quizzes/1';
const did = { id: 'http://example.org/did' };
const quizOf = (name: object) => ({ id: quiz, definition: { name, type: 'http://adlnet.gov/expapi/activities/assessment' } });

/**
 * What the stream has none of: references, groups, sub-statements, definitions in several languages, text of people, both versions.
 * Definitions add to each other: which of two that contradict was the last, nobody can say within a millisecond.
 */
const special: readonly SentStatement[] = [
  { id: uuid(1), actor: ann, verb: did, object: quizOf({ en: 'Quiz', es: 'Prueba' }), result: { response: 'by Ada', duration: 'PT1M1.5S' } },
  { id: uuid(2), actor: team, verb: did, object: { objectType: 'StatementRef', id: uuid(1) } },
  { id: uuid(3), actor: team, verb: did, object: { objectType: 'StatementRef', id: uuid(2) } },
  {
    id: uuid(4),
    actor: team,
    verb: { ...did, display: { en: 'did' } },
    object: { objectType: 'SubStatement', actor: ann, verb: did, object: quizOf({ fr: 'Encore' }) },
    context: { registration: uuid(99), instructor: ann, contextActivities: { parent: { id: course } } },
  },
  { id: uuid(5), actor: ann, verb: did, object: quizOf({ de: 'Zuletzt' }), context: { contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:coach@nobody.example' } }] }, version: '2.0.0' },
  { id: uuid(6), actor: ann, verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: { objectType: 'StatementRef', id: uuid(5) } },
]; // prettier-ignore
const stream = statementStream(1_500, 5);

const agent = (actor: object) => JSON.stringify(actor);
const student = { account: { homePage: 'https://lms.example', name: 'student-7' } };
const coach = { mbox: 'mailto:coach@nobody.example' };
const voidedOf = (statement: SentStatement) => (statement.object as { readonly id: string }).id;
const voids = stream.filter(({ verb }) => (verb as { id: string }).id.endsWith('/voided'));

const LISTS: readonly Readonly<Record<string, string>>[] = [
  {}, { limit: '7' }, { verb: did.id }, { verb: 'http://adlnet.gov/expapi/verbs/answered' }, { verb: 'http://adlnet.gov/expapi/verbs/voided' },
  { activity: quiz }, { activity: quiz, related_activities: 'true' }, { activity: course, related_activities: 'true' }, { activity: 'https://lms.example/videos/3' },
  { agent: agent(ann) }, { agent: agent(ann), related_agents: 'true' }, { agent: agent(team) }, { agent: agent(student) }, { agent: agent(student), verb: 'http://adlnet.gov/expapi/verbs/completed' },
  { agent: agent(coach), related_agents: 'true' }, { registration: uuid(99) }, { verb: did.id, format: 'ids' }, { activity: quiz, format: 'canonical' },
]; // prettier-ignore
const ONE: readonly string[] = [
  ...special.slice(0, 4).map(({ id }) => `statements?statementId=${id}`),
  ...[uuid(5), ...voids.slice(0, 5).map(voidedOf)].map((id) => `statements?voidedStatementId=${id}`),
  `activities?activityId=${encodeURIComponent(quiz)}`,
  ...[ann, coach, student].map((one) => `agents?agent=${encodeURIComponent(agent(one))}`),
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterEach(() => endAll(), 60_000);
afterAll(() => folder.dispose());

/** When it was stored is the importing store's to say. The order of what was stored in one millisecond is nobody's. */
const untimed = (statements: readonly Json[]): readonly Json[] =>
  statements.map(({ stored: _stored, ...rest }) => rest).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

/** All answers of a running server, by question. */
async function answersOf(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, unknown>>> {
  const key = await askPharos<{ id: string; secret: string }>(
    ['key', 'create', '--tenant', 'north', '--name', 'reader', '--scopes', 'all'],
    env,
  );
  const server = await servePharos(env);
  const headers = {
    authorization: `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`,
    'x-experience-api-version': '2.0.0',
    'accept-language': 'es, en;q=0.5',
  };
  const get = async (address: string) => {
    const answer = await fetch(`${server.address}${address}`, { headers });
    const text = await answer.text();
    expect([address, answer.status, answer.status === 200 ? '' : text]).toEqual([address, 200, '']);
    return { json: JSON.parse(text) as Json, text };
  };
  const answers: Record<string, unknown> = {};
  for (const query of LISTS) {
    const found: Json[] = [];
    for (let next = `/xapi/statements?${new URLSearchParams(query).toString()}`; next !== '';) {
      const { json } = await get(next);
      found.push(...(json.statements as readonly Json[]));
      next = String(json.more);
    }
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    answers[JSON.stringify(query)] = untimed(found);
  }
  for (const one of ONE) {
    const { stored: _stored, ...rest } = (await get(`/xapi/${one}`)).json;
    answers[one] = rest;
  }
  // As text: what a double does not hold would be lost in between.
  answers.exact = /"raw":[^}]*/.exec((await get(`/xapi/statements?statementId=${uuid(7)}`)).text)?.[0];
  await server.stop();
  return answers;
}

describe('an export by the command line, imported into an empty Pharos', () => {
  it('answers every query as before, but for the time of storing', async () => {
    const [from, to] = ['from', 'to'].map((name) => environment(path.join(folder.path, name))) as [NodeJS.ProcessEnv, NodeJS.ProcessEnv];
    const sent = path.join(folder.path, 'sent.ndjson');
    const long = JSON.stringify({ id: uuid(7), actor: ann, verb: did, object: { id: quiz }, result: { score: { raw: 1 } } });
    const lines = [...stream, ...special].map((one) => JSON.stringify(one));
    await mkdir(folder.path, { recursive: true });
    await writeFile(sent, [...lines, long.replace('"raw":1', '"raw":0.10000000000000000005')].join('\n'));
    const count = stream.length + special.length + 1;
    expect(await askPharos(['import', 'xapi', sent, '--tenant', 'north'], from)).toMatchObject({ appended: count, deadLetters: 0 });
    const file = path.join(folder.path, 'all.ndjson.gz');
    expect(await askPharos(['export', 'xapi', file, '--tenant', 'north'], from)).toMatchObject({ statements: count });
    const expected = await answersOf(from);
    expect(await askPharos(['import', 'xapi', file, '--tenant', 'north', '--export'], to)).toMatchObject({
      appended: count,
      deadLetters: 0,
    });
    const answered = await answersOf(to);
    expect(Object.keys(answered)).toHaveLength(LISTS.length + ONE.length + 1);
    for (const question of Object.keys(expected))
      expect({ question, answer: answered[question] }).toEqual({ question, answer: expected[question] });
    // None of the questions is one that both answer with nothing.
    for (const query of LISTS) expect([query, (expected[JSON.stringify(query)] as unknown[]).length > 0]).toEqual([query, true]);
    expect(expected.exact).toBe('"raw":0.10000000000000000005');
  }, 240_000);
});
