import { describe, expect, it } from '@jest/globals';
import { agreementOfMarks, type MarkedAnswer } from './marking-agreement.js';

const answer = (group: string, one: number, other: number, share: number | null): MarkedAnswer => ({ group, one, other, share, outOf: 2 });

describe('agreement with two markers', () => {
  const answers = [
    answer('en', 0, 0, 0),
    answer('en', 2, 2, 1),
    answer('en', 1, 1, 0.5),
    answer('es', 0, 0, 1),
    answer('es', 2, 2, 0),
    answer('es', 1, 2, null),
  ];
  it('tells a group that is misjudged, and leaves out what went to a teacher', () => {
    const [all, en, es] = agreementOfMarks(answers);
    expect(all).toMatchObject({ group: '', answers: 6, graded: 5 });
    expect(en).toMatchObject({ group: 'en', withOne: 1, withOther: 1, betweenMarkers: 1 });
    // Of marks 0 and 2 each given 2 and 0: Σ(a − b)² = 8; by chance 4 of the same two marks: κ = 1 − 8/4.
    expect(es).toMatchObject({ group: 'es', answers: 3, graded: 2, withOne: -1 });
  });
  it('is not defined without answers', () => {
    expect(agreementOfMarks([])).toEqual([{ group: '', answers: 0, graded: 0, betweenMarkers: null, withOne: null, withOther: null }]);
  });
});
