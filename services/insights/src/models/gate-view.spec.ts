import { describe, expect, it } from '@jest/globals';
import { type ModelEntry } from '@pharos/warehouse';
import { observationsOf, standingOf } from './gate-view.js';

const nothing = { value: null, low: null, high: null };
const figures = {
  precision: { value: 0.5, low: 0.4, high: 0.6 },
  falseNegativeRate: nothing,
  calibrationGap: { value: 0.01, low: -0.02, high: 0.04 },
};
const group = (name: string, all: number, people: Partial<Record<'right' | 'wrong' | 'missed' | 'passed', number>> = {}) => ({
  attribute: 'gender', group: name, n: 4 * all, precision: 0.5, falseNegativeRate: 0.25, figures,
  people: { all, right: 20, wrong: 20, missed: 10, passed: 60, ...people },
}); // prettier-ignore

function observed(groups: readonly object[]) {
  const report = { version: 1, rows: 900, threshold: 0.5, named: 80, figures: [], groups, withheld: 0, concern: false };
  const data = { model: 'm', recipe: 'logistic', target: 't', asOf: '2026-01-01T00:00:00.000Z', classes: ['c'], report };
  return observationsOf([{ id: 'o', type: 'ModelObserved', at: data.asOf, data } as unknown as ModelEntry], 10)[0]!;
}

describe('what was observed, by group', () => {
  it('is told with its intervals where there are people enough', () => {
    const { groups, withheld } = observed([group('f', 100), group('m', 100)]);
    expect(groups).toEqual(['f', 'm'].map((name) => ({ attribute: 'gender', group: name, n: 400, precision: 0.5, falseNegativeRate: 0.25, figures }))); // prettier-ignore
    expect(withheld).toBe(0);
  });

  it('is withheld of a few people, however many rows they have, and of the next group with them', () => {
    const { groups, withheld } = observed([group('f', 100), group('m', 90), { ...group('x', 12), n: 200 }]);
    expect(groups.map((one) => one.group)).toEqual(['f']);
    expect(withheld).toBe(2);
  });

  it.each(['right', 'wrong', 'missed', 'passed'] as const)('is withheld where two people or fewer are %s', (side) => {
    expect(observed([group('f', 100, { [side]: 2 }), group('m', 100), group('n', 200)]).groups.map((one) => one.group)).toEqual(['n']);
    expect(observed([group('f', 100, { [side]: 3 }), group('m', 100), group('n', 200)]).groups).toHaveLength(3);
  });

  it('has no rates in facts that do not say of how many people they are', () => {
    const { people: _people, figures: _figures, ...old } = group('f', 100);
    expect(observed([old, group('m', 100)]).groups[0]).toEqual({ attribute: 'gender', group: 'f', n: 400, precision: null, falseNegativeRate: null, figures: null }); // prettier-ignore
  });
});

describe('what serves a tenant, and what it is missing', () => {
  const known = (name: string, term: string, outcomes: number) => ({ class: name, title: name, course: 'x', school: 's', term, start: '2026-01-05', end: '2026-05-29', outcomes }); // prettier-ignore
  const both = { activity: true, dueWork: true };
  const of = (classes: readonly ReturnType<typeof known>[], traces = both, used?: { recipe: string }) =>
    standingOf('t', used && { target: 't', model: 'm', since: '2026-06-02', by: 'gate', ...used }, classes, '2026-09-01', traces);

  it('is the rule with assumed odds where no outcome is known, and each thing that is missing is named', () => {
    expect(of([known('a', '1', 0)], { activity: false, dueWork: false })).toMatchObject({ serves: 'rule-assumed', missing: ['outcomes', 'activity', 'due-work'] });
    expect(of([known('a', '1', 0)])).toMatchObject({ serves: 'rule-assumed', missing: ['outcomes'] });
    expect(of([], { activity: false, dueWork: false })).toMatchObject({ serves: 'nothing-yet', missing: ['outcomes'] });
  }); // prettier-ignore

  it('is the rule or a model where there are outcomes, and a second term or more rows are what is missing', () => {
    expect(of([known('a', '1', 400)], both, { recipe: 'rule' })).toMatchObject({ serves: 'rule', missing: ['second-term', 'rows-for-glass-box'] });
    expect(of([known('a', '1', 4000), known('b', '2', 4000)], both, { recipe: 'glass-box' })).toMatchObject({ serves: 'model', missing: [] });
  }); // prettier-ignore
});
