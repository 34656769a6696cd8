import { describe, expect, it } from '@jest/globals';
import { createRandom, GlassBox, L2Logistic } from '@pharos/learner-models';
import { type KnownAttribute } from '@pharos/warehouse';
import { mitigated } from './mitigate-rows.js';
import { type LabelledRows } from './target.js';

const rows = 400;
/** Two features, both of which tell of the outcome; group b does worse. */
const labelled = (): { readonly rows: LabelledRows; readonly declared: readonly KnownAttribute[] } => {
  const random = createRandom(5);
  const learners = Array.from({ length: rows }, (_, row) => ({
    learner: `l${row}`,
    group: row % 3 === 0 ? 'b' : 'a',
    x: random.normal(),
    y: random.normal(),
  }));
  const target = Uint8Array.from(learners, ({ group, x, y }) => (x + y + (group === 'b' ? 1 : 0) + random.normal() > 0.5 ? 1 : 0));
  const features = ['x', 'y'].map((name) => ({ name, family: 'work' }));
  const columns = [Float64Array.from(learners, ({ x }) => x), Float64Array.from(learners, ({ y }) => y)];
  const keys = learners.map(({ learner }) => ({ learner, class: 'c' })) as unknown as LabelledRows['keys'];
  return {
    rows: { keys, table: { features, columns, rows, target, group: Int32Array.from(learners, (_, row) => row) } },
    declared: learners.map(({ learner, group }) => ({ learner, attribute: 'letter', class: '', value: group })),
  };
};

describe('training rows under a change that a person chose', () => {
  it('weigh so that outcome and group are independent', () => {
    const { rows: given, declared } = labelled();
    const { table, keys } = mitigated(given, { kind: 'reweighing', attribute: 'letter', policy: null, without: [] }, declared);
    const rate = (group: string) => {
      const own = [...keys.keys()].filter((row) => declared[row]!.value === group);
      return (
        own.reduce((sum, row) => sum + table.weight![row]! * table.target[row]!, 0) / own.reduce((sum, row) => sum + table.weight![row]!, 0)
      );
    };
    expect(rate('a')).toBeCloseTo(rate('b'), 12);
  });

  it.each([
    ['logistic', () => new L2Logistic({ seed: 1 })],
    ['glass box', () => new GlassBox({ seed: 1 })],
  ])('let a left-out feature push nobody, whatever its value: %s', (_, make) => {
    const { rows: given, declared } = labelled();
    const without = mitigated(given, { kind: 'fewer-features', attribute: 'letter', policy: null, without: ['y'] }, declared);
    const model = make().fit(without.table);
    const { contributions, terms } = model.predict(given.table);
    const ofY = terms.flatMap((term, index) => (term.names.includes('y') ? [...contributions[index]!] : []));
    expect(ofY.every((push) => Math.abs(push) < 1e-9)).toBe(true);
    const ofX = terms.flatMap((term, index) => (term.names.includes('x') ? [...contributions[index]!] : []));
    expect(Math.max(...ofX)).toBeGreaterThan(0.5);
  });

  it('stay as they are where nobody decided anything', () => {
    const { rows: given, declared } = labelled();
    expect(mitigated(given, null, declared)).toBe(given);
  });
});
