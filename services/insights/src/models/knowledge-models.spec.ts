import { describe, expect, it } from '@jest/globals';
import { knowledgeModels } from './knowledge-models.js';

const figures = (kind: string, logLoss: number) => ({ kind, auc: 0.8, logLoss, calibrationError: 0.01, answers: 200 });
const version = (subject: string, kind: string, holdsFrom: string) => ({
  subject, kind, model: `${kind}-${holdsFrom}`, holdsFrom, recordedAt: holdsFrom,
  data: { answers: 1000, learners: 40, evaluation: [figures('baseline', 0.6), figures('elo', 0.55), figures('best-lr', 0.5)] },
}); // prettier-ignore

describe('models of knowledge in use', () => {
  it('are the latest of each subject that holds, with every candidate and which was chosen', () => {
    const found = knowledgeModels(
      [
        version('reading', 'elo', '2026-01-01T00:00:00.000Z'),
        version('maths', 'elo', '2026-01-01T00:00:00.000Z'),
        version('maths', 'best-lr', '2026-02-01T00:00:00.000Z'),
        version('maths', 'elo', '2027-01-01T00:00:00.000Z'),
      ],
      '2026-03-01T00:00:00.000Z',
    );
    expect(found.map(({ subject, kind }) => [subject, kind])).toEqual([['maths', 'best-lr'], ['reading', 'elo']]);
    expect(found[0]!.candidates.map(({ kind, chosen }) => [kind, chosen])).toEqual([['baseline', false], ['elo', false], ['best-lr', true]]);
    expect(knowledgeModels([], '2026-03-01T00:00:00.000Z')).toEqual([]);
  }); // prettier-ignore
});
