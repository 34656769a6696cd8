import { describe, expect, it } from '@jest/globals';
import { type ClassSkills } from '@pharos/contract';
import { ofSubject } from './of-subject.js';

const skill = (name: string, subject: string) => ({
  skill: name,
  title: { en: name },
  subject,
  subjectTitle: { en: subject },
  prerequisites: [],
});
const cell = (name: string) => ({ skill: name, level: null, chance: null, evidence: 0, due: false });
const known: ClassSkills = {
  through: '2026-01-01T00:00:00.000Z',
  class: { id: 'c', title: 'C' },
  skills: [skill('add', 'Maths'), skill('read', 'Reading')],
  learners: [{ learner: { token: 'l', name: 'L' }, cells: [cell('add'), cell('read')] }],
  gaps: [{ skill: 'read', weak: ['l'], tried: 1 }],
  ready: [{ skill: 'add', learners: ['l'] }],
  confusing: [],
  latest: [],
};

describe('a class by subject', () => {
  it('keeps each cell under its own skill, and learners without any', () => {
    const maths = ofSubject(known, 'Maths');
    expect(maths.skills.map((one) => one.skill)).toEqual(['add']);
    expect(maths.learners).toEqual([{ learner: { token: 'l', name: 'L' }, cells: [cell('add')] }]);
    expect([maths.gaps, maths.ready.length]).toEqual([[], 1]);
    expect(ofSubject(known, undefined)).toBe(known);
  });
});
