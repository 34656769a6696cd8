import { describe, expect, it } from '@jest/globals';
import { createRandom } from '@pharos/learner-models';
import { fewestRows, judgeCourses } from './judge-courses.js';

/** Learners of three courses: one in which scores say what comes, one in which they say nothing, one of a few learners. */
function heldOut() {
  const random = createRandom(3);
  const rows = [...Array.from({ length: 400 }, () => 'maths'), ...Array.from({ length: 400 }, () => 'art'), ...Array.from({ length: fewestRows - 1 }, () => 'latin')];
  const drawn = rows.map((course, at) => {
    const score = random.uniform();
    return { course, score, target: Number(random.uniform() < (course === 'art' ? 0.4 : score)), at };
  });
  return {
    score: Float64Array.from(drawn, ({ score }) => score),
    logOdds: Float64Array.from(drawn, ({ score }) => Math.log(score / (1 - score))),
    target: Uint8Array.from(drawn, ({ target }) => target),
    person: Int32Array.from(drawn, ({ at }) => at),
    keys: drawn.map(({ course, at }) => ({ learner: `l${at}`, class: `${course}-1`, course, term: 't', school: 's', dayNumber: 28 })),
  };
} // prettier-ignore

describe('a model judged by course', () => {
  const [art, latin, maths] = judgeCourses(heldOut(), 1);

  it('is good where it is, and no better than chance where it is not', () => {
    expect(maths).toMatchObject({ course: 'maths', rows: 400 });
    expect(maths!.metrics.auc!.value).toBeGreaterThan(0.75);
    expect(maths!.metrics.precisionAt10!.low).toBeGreaterThan(0.7);
    expect(maths!.metrics.ece!.value).toBeLessThan(0.1);
    expect(Math.abs(art!.metrics.auc!.value! - 0.5)).toBeLessThan(0.08);
    expect(art!.failed / art!.rows).toBeCloseTo(0.4, 1);
  });

  it('is not judged where a course has too few learners', () => {
    expect(latin).toEqual({ course: 'latin', rows: fewestRows - 1, failed: latin!.failed, metrics: {} });
  });
});
