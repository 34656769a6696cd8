import { describe, expect, it } from '@jest/globals';
import { Problem, routeList } from '@pharos/contract';
import { createDistrict, routeOf } from './district.js';

const now = new Date('2026-03-10T10:00:00Z');
/** Every question that the page asks. */
const asked = [
  ['GET', '/api/session', 'session.me'],
  ['GET', '/api/overview', 'overview.get'],
  ['GET', '/api/overview?by=course&school=north', 'overview.get'],
  ['GET', '/api/schools', 'places.schools'],
  ['GET', '/api/courses', 'places.courses'],
  ['GET', '/api/classes', 'places.classes'],
  ['GET', '/api/caseload?show=all', 'caseload.list'],
  ['GET', '/api/colleagues', 'caseload.colleagues'],
  ['GET', '/api/alerts/alert-1', 'alerts.get'],
  ['GET', '/api/alerts/alert-1/history', 'alerts.history'],
  ['GET', '/api/learners?search=am', 'learners.list'],
  ['GET', '/api/learners/l-1', 'learners.get'],
  ['GET', '/api/learners/l-1/timeline', 'learners.timeline'],
  ['GET', '/api/learners/l-1/risk', 'learners.risk'],
  ['GET', '/api/learners/l-1/reasons', 'learners.reasons'],
  ['GET', '/api/models', 'models.list'],
  ['GET', '/api/models/sha256:5b1f0c', 'models.get'],
  ['GET', '/api/models/sha256:5b1f0c/audit', 'models.audit'],
  ['GET', '/api/policies/lending', 'gate.lending'],
  ['GET', '/api/job-runs', 'operations.jobRuns'],
  ['GET', '/api/dead-letters', 'operations.deadLetters'],
  ['GET', '/api/platforms', 'operations.platforms'],
  ['GET', '/api/platforms/live', 'platforms.live'],
  ['GET', '/api/platforms/key-1/findings/f1', 'platforms.example'],
  ['GET', '/api/keys', 'keys.list'],
  ['GET', '/api/statements?limit=15', 'statements.list'],
  ['GET', '/api/statements/00000000-0000-4000-8000-000000000010', 'statements.get'],
  ['GET', '/api/interventions', 'catalogue.get'],
  ['POST', '/api/alerts/alert-2/acknowledge', 'alerts.acknowledge'],
  ['POST', '/api/alerts/alert-2/withdraw', 'alerts.withdraw'],
] as const;

describe('the made-up district', () => {
  const district = createDistrict(now);

  it.each(asked)('answers %s %s as the contract says', (method, url, name) => {
    const answer = district({ method, url, body: method === 'POST' ? '{"version":3}' : '', role: 'admin' });
    const route = routeList.find((one) => one.name === name)!.route;
    expect(answer.status).toBe(200);
    const read = route.responses[200]!.safeParse(answer.body);
    expect(read.error?.issues ?? []).toEqual([]);
    expect(routeOf(method, url.split('?')[0]!)?.name).toBe(name);
  });

  it('refuses as the contract says', () => {
    const refusals = [
      district({ method: 'GET', url: '/api/caseload', body: '', role: null }),
      district({ method: 'POST', url: '/api/session', body: '{"login":"counselor","password":"wrong"}', role: null }),
      district({ method: 'POST', url: '/api/alerts/alert-1/notes', body: '{"version":1,"note":"conflict"}', role: 'counselor' }),
    ];
    expect(refusals.map((one) => one.status)).toEqual([401, 401, 409]);
    for (const one of refusals) expect(Problem.safeParse(one.body).success).toBe(true);
  });

  it('has contributions that add up, as the page promises to its readers', () => {
    const { body } = district({ method: 'GET', url: '/api/learners/l-1/risk', body: '', role: 'counselor' });
    for (const { intercept, contributions, logOdds } of (body as { points: readonly { intercept: number; contributions: readonly { logOdds: number }[]; logOdds: number }[] }).points) {
      expect(contributions.reduce((sum, one) => sum + one.logOdds, intercept)).toBeCloseTo(logOdds, 9);
    }
  }); // prettier-ignore
});
