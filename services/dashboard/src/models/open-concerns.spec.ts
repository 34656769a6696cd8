import { describe, expect, it } from '@jest/globals';
import { decisionsOf, observationsOf } from '../../dev/gate.js';
import { openConcerns } from './open-concerns.js';

const now = new Date('2026-03-10T10:00:00Z');
const [observation] = observationsOf(now);
const [gate] = decisionsOf(now);

describe('concerns about models', () => {
  it('stand until somebody decides, whatever the gate does', () => {
    expect(openConcerns([observation!], [gate!])).toEqual([{ observation, figures: ['falseNegativeRate'] }]);
    expect(openConcerns([observation!], [{ ...gate!, by: 'user-1' }])).toEqual([]);
    expect(openConcerns([observation!], [{ ...gate!, by: 'user-1', at: '2025-01-01T00:00:00.000Z' }])).toHaveLength(1);
    expect(openConcerns([observation!], [{ ...gate!, by: 'user-1', target: 'course-failure' }])).toHaveLength(1);
  });

  it('are those of the classes that ended last', () => {
    const better = { ...observation!, id: 'o2', asOf: '2026-03-01T00:00:00.000Z', concern: false };
    expect(openConcerns([better, observation!], [])).toEqual([]);
    expect(openConcerns([], [])).toEqual([]);
  });
});
