import { describe, expect, it } from '@jest/globals';
import { type GateDecision } from '@pharos/contract';
import { decisionsOf } from '../../dev/gate.js';
import { weeksOfGate } from './gate-weeks.js';

const [newest] = decisionsOf(new Date('2026-03-01T00:00:00Z'));
const at = (id: string, week: number | null, precision = newest!.evidence!.precision): GateDecision => ({
  ...newest!,
  id,
  evidence: { ...newest!.evidence!, week, precision },
});

describe('comparisons by week of a course', () => {
  it('are the latest of each week, the earliest week first, without those that have no figures', () => {
    const found = weeksOfGate([
      at('new', 8),
      at('early', 4),
      at('old', 8),
      at('none', null),
      at('empty', 6, null),
      { ...newest!, id: 'former', evidence: null },
    ]);
    expect(found.map(({ week, decision }) => [week, decision.id])).toEqual([
      [4, 'early'],
      [8, 'new'],
    ]);
  });
});
