import { describe, expect, it } from '@jest/globals';
import { RiskBlend } from './blend.js';
import { makeCheckTable } from './checks/check-table.js';
import { riskModelChecks } from './checks/risk-model-checks.js';
import { GlassBox } from './glass-box/glass-box.js';
import { L2Logistic } from './logistic/l2-logistic.js';

const create = (seed: number) => new RiskBlend([new GlassBox({ seed, bags: 4, pairs: 4 }), new L2Logistic({ seed, lambda: 10 })]);

describe('RiskBlend passes the checks of every model: it', () => {
  it.each(riskModelChecks(create))('$name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('RiskBlend', () => {
  it('says the mean of its members, each feature once', () => {
    const table = makeCheckTable();
    const blend = create(1).fit(table);
    const { logOdds, terms } = blend.predict(table);
    const [first, second] = blend.models.map((model) => model.predict(table).logOdds);
    logOdds.forEach((value, row) => expect(value).toBeCloseTo((first![row]! + second![row]!) / 2, 9));
    expect(new Set(terms.map(({ names }) => names.join('×'))).size).toBe(terms.length);
  });
});
