import { describe, expect, it } from '@jest/globals';
import { auditOf } from '../../dev/audits.js';
import { openAudit } from './audit-file.js';

const file = (text: string) => ({ name: 'audit.json', text: () => Promise.resolve(text) });
const {
  model: _model,
  recipe: _recipe,
  target: _target,
  asOf: _asOf,
  classes: _classes,
  ...findings
} = auditOf(new Date('2026-03-10T10:00:00Z'));
const audit = { pharosAudit: 1, file: 'scores.csv', rows: 11_790, label: 'failed', score: 'risk', ...findings };

describe('an audit of a file', () => {
  it('is opened as the command printed it', async () => {
    expect(await openAudit(file(JSON.stringify(audit)))).toEqual({ is: 'audit', audit });
  });
  it('is refused with what is wrong', async () => {
    expect(await openAudit(file('group,n\na,3'))).toEqual({ is: 'wrong', why: 'json' });
    expect(await openAudit(file(JSON.stringify({ ...audit, overall: { ...audit.overall, n: 'many' } })))).toEqual({
      is: 'wrong',
      why: 'overall.n',
    });
  });
});
