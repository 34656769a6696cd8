import { describe, expect, it } from '@jest/globals';
import { PREFIX, routeList } from '@pharos/contract';
import { ANSWERS as ASKED_ANSWERS, KEPT } from './kept-queries.js';
import { ANSWERS, isPage, isSession, keepsAnswer } from './kept-routes.js';

const paths = routeList.map(({ name, route }) => ({ name, method: route.method, path: `${PREFIX}${route.path.replace(/\{\w+\}/g, 'x')}` }));

describe('what the device keeps', () => {
  it('is who is signed in and what is practised next, and of no learner what is known', () => {
    expect(paths.filter(({ method, path }) => method === 'GET' && keepsAnswer(path)).map(({ name }) => name).sort()).toEqual(['practice.next', 'session.me']);
  });
  it('is the same to the page as to the worker', () => {
    expect(ASKED_ANSWERS).toBe(ANSWERS);
    const asked: readonly string[] = KEPT.map(({ path }) => path);
    expect(paths.filter(({ method, path }) => method === 'GET' && keepsAnswer(path) !== asked.includes(path))).toEqual([]);
    expect(asked.filter((path) => !keepsAnswer(path))).toEqual([]);
  });
  it('is forgotten when somebody signs in or out', () => {
    expect(paths.filter(({ method, path }) => method !== 'GET' && isSession(path)).map(({ name }) => name).sort()).toEqual(['session.signIn', 'session.signOut']);
  });
  it('no address of the API, the door or a file is taken for the page', () => {
    expect(paths.filter(({ path }) => isPage(path))).toEqual([]);
    expect(['/xapi/statements', '/roster', '/assets/a.js', '/', '/me', '/learners/t1', '/apiary'].map(isPage)).toEqual([false, false, false, true, true, true, true]);
  });
}); // prettier-ignore
