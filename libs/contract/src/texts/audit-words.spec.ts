import { describe, expect, it } from '@jest/globals';
import { auditCodes, type AuditVerdict } from '../shapes/audits.js';
import { attributeInWords, auditInWords, groupInWords, valueInWords } from './audit-words.js';

const verdict: AuditVerdict = {
  code: 'misses-more', attribute: 'disability', group: 'Y', metric: 'tpr', per100: 9.2, significant: true, adjusted: 0.01, smallestPer100: 4.1, groups: [],
}; // prettier-ignore

describe('an audit in words', () => {
  it('says what, of whom, and that it is unlikely to be chance', () => {
    expect(auditInWords('en', verdict, 'not-passing')).toBe(
      'The model misses 9 more of 100 students with a disability who later do not pass; unlikely to be chance.',
    );
    expect(auditInWords('es', verdict, 'not-passing')).toBe(
      'El modelo pasa por alto a 9 más de cada 100 estudiantes con discapacidad que después no aprueban; es improbable que sea azar.',
    );
  });

  it('says how large a gap could have hidden, and keeps a withheld number to itself', () => {
    expect(auditInWords('en', { ...verdict, significant: false, per100: null }, 'other')).toBe(
      'The model misses more students with a disability who later have the outcome; this can be chance: a gap under 5 of 100 could not be told from it.',
    );
    expect(auditInWords('en', { ...verdict, per100: 0.3 }, 'not-passing')).toContain('fewer than 1 more of 100');
    expect(auditInWords('en', { ...verdict, code: 'wrong-more-often' }, 'not-passing')).toBe(
      'Of 100 students with a disability that the model names, it is wrong about 9 more than of others; unlikely to be chance.',
    );
  });

  it('words every code in both languages', () => {
    for (const code of auditCodes) {
      for (const locale of ['en', 'es'] as const)
        expect(auditInWords(locale, { ...verdict, code, groups: ['north', 'south'] }, 'not-passing')).toMatch(/\.$/);
    }
    expect(auditInWords('en', { ...verdict, code: 'too-few-to-judge', groups: [] }, 'x')).toContain('nothing can be compared');
  });

  it('knows attributes by any way of writing them, and lets others stand for themselves', () => {
    expect(attributeInWords('en', 'economicallyDisadvantaged')).toBe('family income');
    expect(attributeInWords('en', 'imd_band × gender')).toBe('deprivation of the area and gender');
    expect(attributeInWords('en', 'shoe size')).toBe('shoe size');
    expect(groupInWords('en', 'englishLearner', 'yes')).toBe('who are learning English');
    expect(groupInWords('en', 'shoe size', '43')).toBe('whose shoe size is “43”');
    expect(groupInWords('en', 'age_band', '35-55')).toBe('aged 35-55');
    expect(groupInWords('en', 'gender', 'not declared')).toBe('whose gender is not declared');
    expect(
      ['Y', 'female', 'not declared', 'other (small groups)', 'yes × 35-55', '35-55'].map((value) => valueInWords('es', value)),
    ).toEqual([...['Sí', 'Chicas o mujeres', 'Sin declarar', 'Grupos pequeños', 'Sí × 35-55', '35-55']]);
  });
});
