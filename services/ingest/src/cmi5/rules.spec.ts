import { describe, expect, it } from '@jest/globals';
import { type Cmi5Session } from '@pharos/registry';
import { type Statement } from '@pharos/xapi';
import { statementFaults } from './rules.js';
import { judgeInSession } from './session-rules.js';
import { CMI5_CATEGORY, type Cmi5Verb, CONTEXT, MOVE_ON_CATEGORY, PROGRESS, VERBS } from './vocabulary.js';

const session: Cmi5Session = {
  session: '0c000000-0000-4000-8000-000000000001',
  tenant: 't',
  credential: 'lms',
  learner: 'l',
  activity: 'https://lms.example/au/1',
  unit: 'https://publisher.example/au/1',
  registration: '0c000000-0000-4000-8000-000000000002',
  launch: { launchMode: 'Normal', masteryScore: 0.7 },
  madeAt: new Date(0),
  expiresAt: new Date(1e12),
  verbs: [],
  saying: [],
  spokeAt: null,
  endedAt: null,
};

const RESULTS: Readonly<Partial<Record<Cmi5Verb, object>>> = {
  completed: { completion: true, duration: 'PT1S' },
  passed: { success: true, duration: 'PT1S', score: { scaled: 0.9 } },
  failed: { success: false, duration: 'PT1S' },
  terminated: { duration: 'PT1S' },
};

/** A statement as a unit should say it. */
function says(verb: Cmi5Verb, change: object = {}): Statement {
  const result = RESULTS[verb];
  const judged = verb === 'completed' || verb === 'passed' || verb === 'failed';
  const context = {
    registration: session.registration,
    contextActivities: { category: [{ id: CMI5_CATEGORY }, ...(judged ? [{ id: MOVE_ON_CATEGORY }] : [])] },
    extensions: { [CONTEXT.sessionId]: session.session, [CONTEXT.masteryScore]: 0.7 },
  };
  return {
    id: '0c000000-0000-4000-8000-000000000003',
    actor: { account: { homePage: 'https://lms.example', name: 'learner-1' } },
    verb: { id: VERBS[verb] },
    object: { id: session.activity },
    timestamp: '2026-01-01T00:00:00Z',
    context,
    ...(result && { result }),
    ...change,
  };
}
const withContext = (verb: Cmi5Verb, change: object) => says(verb, { context: { ...says(verb).context, ...change } });

describe('what cmi5 asks of a statement alone', () => {
  it.each(['initialized', 'completed', 'passed', 'failed', 'terminated'] as const)('takes %s as it should be said', (verb) => {
    expect(statementFaults(says(verb))).toEqual([]);
  });

  it('leaves statements alone that cmi5 does not define', () => {
    expect(statementFaults({ ...says('passed', { result: {} }), context: {} })).toEqual([]);
  });

  const one = (section: string, statement: Statement, path: string) => ({ section, statement, path });
  it.each([
    one('9.1 an id', says('initialized', { id: undefined }), 'id'),
    one('9.2 an account', says('initialized', { actor: { mbox: 'mailto:a@example.org' } }), 'actor.account'),
    one('9.2 an agent', says('initialized', { actor: { objectType: 'Group', account: { homePage: 'https://a.example', name: 'g' } } }), 'actor.account'),
    one('9.3 a verb of its own', says('initialized', { verb: { id: 'http://example.org/looked' } }), 'verb.id'),
    one('9.5.1 no score', says('initialized', { result: { score: { scaled: 1 } } }), 'result.score'),
    one('9.5.1 bounds', says('passed', { result: { success: true, duration: 'PT1S', score: { raw: 5 } } }), 'result.score'),
    one('9.5.1 no negative score', says('failed', { result: { success: false, duration: 'PT1S', score: { scaled: -0.5 } } }), 'result.score.scaled'),
    one('9.5.2 success', says('passed', { result: { success: false, duration: 'PT1S' } }), 'result.success'),
    one('9.5.3 completion', says('passed', { result: { success: true, completion: true, duration: 'PT1S' } }), 'result.completion'),
    one('9.5.4 a duration', says('terminated', { result: {} }), 'result.duration'),
    one('9.5.5.1 progress', says('initialized', { result: { extensions: { [PROGRESS]: 101 } } }), 'result.extensions'),
    one('9.5.5.2 a reason', says('waived', { ...withContext('passed', {}), verb: { id: VERBS.waived }, result: { success: true, completion: true } }), 'result.extensions'),
    one('9.6.1 a registration', withContext('initialized', { registration: undefined }), 'context.registration'),
    one('9.6.2.2 the category of moveOn', withContext('passed', { contextActivities: { category: [{ id: CMI5_CATEGORY }] } }), 'context.contextActivities.category'),
    one('9.6.2.2 and nowhere else', withContext('initialized', { contextActivities: says('passed').context!.contextActivities }), 'context.contextActivities.category'),
    one('9.6.3.1 a session', withContext('initialized', { extensions: {} }), 'context.extensions'),
    one('9.7 a timestamp', says('initialized', { timestamp: undefined }), 'timestamp'),
    one('9.7 in UTC', says('initialized', { timestamp: '2026-01-01T00:00:00+01:00' }), 'timestamp'),
  ])('$section', ({ statement, path }) => {
    expect(statementFaults(statement).map((each) => each.path)).toEqual([path]);
  }); // prettier-ignore
});

describe('what cmi5 asks of a session', () => {
  const judge = (statement: Statement, here: readonly string[], before: readonly string[] = [], more: Partial<Cmi5Session> = {}) => {
    const judged = judgeInSession(statement, { ...session, ...more }, true, { here, before });
    return judged.ok ? judged.here : judged.errors.map(({ path }) => path);
  };
  const allowed = says('initialized', {
    verb: { id: 'http://example.org/looked' },
    context: { ...says('initialized').context, contextActivities: {} },
  });

  it('9.3: goes from initialized to terminated, with what lies between, in any order', () => {
    let here: readonly string[] = [];
    for (const verb of ['initialized', 'completed', 'passed', 'terminated'] as const) here = judge(says(verb), here);
    expect(here).toEqual(['initialized', 'completed', 'passed', 'terminated']);
    expect(judge(allowed, ['initialized'])).toEqual(['initialized']);
  });

  it.each([
    ['9.3.2 initialized comes first', says('completed'), [], []],
    ['9.3.2 before others, too', allowed, [], []],
    ['9.3.8 terminated comes last', says('completed'), ['initialized', 'terminated'], []],
    ['9.3.8 of any kind', allowed, ['initialized', 'terminated'], []],
    ['9.3 no verb twice', says('initialized'), ['initialized'], []],
    ['9.3 one of passed and failed', says('passed'), ['initialized', 'failed'], []],
    ['9.3 completed once a registration', says('completed'), ['initialized'], ['completed']],
    ['9.3 passed once a registration', says('passed'), ['initialized'], ['passed']],
    ['9.3 no failed after passed', says('failed'), ['initialized'], ['passed']],
    ['9.3 launched is not a unit’s', says('launched'), ['initialized'], []],
  ] as const)('%s', (_rule, statement, here, before) => {
    expect(judge(statement, here, before)).toEqual(['verb.id']);
  });

  it('9.4, 9.6: is about its own activity, registration, session and learner', () => {
    expect(judge(says('initialized', { object: { id: 'https://lms.example/au/2' } }), [])).toEqual(['object.id']);
    expect(judge(withContext('initialized', { registration: session.session }), [])).toEqual(['context.registration']);
    expect(judge(withContext('initialized', { extensions: { [CONTEXT.sessionId]: 'other' } }), [])).toEqual(['context.extensions']);
    expect(judgeInSession(says('initialized'), session, false, { here: [], before: [] })).toMatchObject({
      ok: false,
      errors: [{ path: 'actor' }],
    });
  });

  it('9.3.4, 9.3.5: judges by the mastery score of its launch, and tells it', () => {
    const scored = (verb: 'passed' | 'failed', scaled: number) =>
      says(verb, { result: { success: verb === 'passed', duration: 'PT1S', score: { scaled } } });
    expect(judge(scored('passed', 0.69), ['initialized'])).toEqual(['result.score.scaled']);
    expect(judge(scored('failed', 0.7), ['initialized'])).toEqual(['result.score.scaled']);
    expect(judge(scored('failed', 0.69), ['initialized'])).toEqual(['initialized', 'failed']);
    const untold = withContext('passed', { extensions: { [CONTEXT.sessionId]: session.session } });
    expect(judge(untold, ['initialized'])).toEqual(['context.extensions']);
  });

  it('10: judges nobody who only looks around', () => {
    const launch = { launchMode: 'Browse' as const };
    expect(judge(says('completed'), ['initialized'], [], { launch })).toEqual(['verb.id']);
    expect(judge(says('terminated'), ['initialized'], [], { launch })).toEqual(['initialized', 'terminated']);
  });
});
