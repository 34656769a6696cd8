import { describe, expect, it } from '@jest/globals';
import { defaultInterventions } from '@pharos/registry';
import { reasonCodes } from '@pharos/contract';
import { type Reason } from '@pharos/facts';
import { nextStepsFor } from './next-steps.js';

const reason = (code: string, logOdds: number): Reason => ({ code, class: 'AAA', params: {}, logOdds, features: [] });

describe('next steps', () => {
  it('answer the strongest reason first, three at most', () => {
    const steps = nextStepsFor([reason('work-missed', 2), reason('marks-low', 0.5), reason('silent-days', 0.3)], defaultInterventions);
    expect(steps[0]).toEqual({ intervention: 'work-plan', because: ['work-missed'] });
    expect(steps.length).toBeLessThanOrEqual(3);
  });

  it('leave out what the tenant switched off', () => {
    const off = defaultInterventions.map((step) => ({ ...step, active: step.id !== 'work-plan' }));
    expect(nextStepsFor([reason('work-missed', 2)], off).map((step) => step.intervention)).not.toContain('work-plan');
  });

  it('suggest a talk where no step answers', () => {
    expect(nextStepsFor([], defaultInterventions)).toEqual([{ intervention: 'talk', because: [] }]);
  });

  it('exist for every reason that the catalogue of texts can word', () => {
    const told = reasonCodes.filter((code) => code !== 'other');
    const answered = new Set(defaultInterventions.flatMap((step) => step.answers));
    expect(told.filter((code) => !answered.has(code))).toEqual([]);
  });
});
