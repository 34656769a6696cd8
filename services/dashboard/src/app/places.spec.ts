import { describe, expect, it } from '@jest/globals';
import { readCaseload, readOverview } from './addresses.js';
import { readChoices } from './choices.js';
import { homeFor, mayBeAt, placesFor } from './places.js';

describe('places', () => {
  it('open to those who may ask for what they show', () => {
    expect(placesFor(['counselor']).map((place) => place.to)).toEqual(['/caseload', '/learners', '/models']);
    expect(placesFor(['analyst']).map((place) => place.to)).toEqual(['/overview', '/models']);
    expect(placesFor(['learner']).map((place) => place.to)).toEqual(['/me', '/plan', '/practice']);
    expect(placesFor(['teacher']).map((place) => place.to)).toEqual(['/class', '/learners', '/models']);
    expect(placesFor(['platform'])).toEqual([]);
  });
  it('begin where a role has its work', () => {
    expect([homeFor(['counselor']), homeFor(['analyst']), homeFor(['admin']), homeFor(['learner']), homeFor([])]).toEqual(['/caseload', '/overview', '/overview', '/me', undefined]); // prettier-ignore
  });
  it('are closed to others, with all that lies below them', () => {
    expect(mayBeAt(['analyst'], '/learners/l-1')).toBe(false);
    expect(mayBeAt(['counselor'], '/learners/l-1')).toBe(true);
    expect(mayBeAt(['learner'], '/')).toBe(true);
  });
  it('keep their state in the address and forget what it does not know', () => {
    expect(readOverview({ school: 'a', by: 'planet', asOf: 'tomorrow', sort: '-atRisk', x: 1 })).toEqual({ school: 'a', sort: '-atRisk' });
    expect(readCaseload({ search: 7, show: 'overdue', rank: 'fame' })).toEqual({ search: '7', show: 'overdue' });
  });
  it('look as was chosen, whatever else was stored', () => {
    expect(readChoices('{"theme":"dark","density":3}')).toEqual({ theme: 'dark', density: 'roomy', keys: 'on', language: null });
    expect(readChoices('not json')).toEqual(readChoices(null));
  });
});
