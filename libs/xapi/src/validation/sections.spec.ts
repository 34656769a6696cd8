import { describe, expect, it } from '@jest/globals';
import { type XapiVersion } from '../statement.js';
import { changedStatement, SECTION_CASES } from './sections.js';
import { validateStatement } from './validation.js';

const VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

describe.each(VERSIONS)('part two, spoken as %s', (version) => {
  const cases = SECTION_CASES.filter(({ versions }) => versions?.includes(version) ?? true);
  it.each(cases.filter(({ valid }) => valid))('$section takes $what', ({ change }) => {
    expect(validateStatement(changedStatement(change), version)).toEqual([]);
  });
  it.each(cases.filter(({ valid }) => !valid))('$section refuses $what', ({ change }) => {
    const errors = validateStatement(changedStatement(change), version);
    expect(errors.length).toBeGreaterThan(0);
    for (const { path } of errors) expect(path).not.toBe('');
  });
});
