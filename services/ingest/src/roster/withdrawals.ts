import { type RosterRecord } from '@pharos/registry';
import { type RosterKind } from './rows.js';
import { type Said } from './sayings.js';

/**
 * What follows when a row that stood is absent from a bulk file: an enrolment ends, an assignment is not active any
 * more. For kinds without an end (attendance, marks) absence says nothing about what happened; the row no longer stands.
 */
export function withdrawals(kind: RosterKind, absent: readonly RosterRecord[], now: Date): readonly Said[] {
  const at = now.toISOString();
  return absent.map(({ key, record, fact }): Said => {
    const ended = endOf(kind, record, at);
    return { key, record, active: false, ...(ended && { fact: ended }), ...(fact !== null && { previous: fact }) };
  });
}

function endOf(kind: RosterKind, record: Readonly<Record<string, unknown>>, at: string): Said['fact'] {
  const { learner, class: classId, teacher, counselor, school } = record as Readonly<Record<string, string>>;
  if (kind === 'enrollments' && learner !== undefined) {
    const data = { learner, class: classId!, on: at.slice(0, 10), reason: 'absent-from-bulk' as const };
    return { type: 'LearnerWithdrawn', version: 1, key: learner, occurredAt: at, data };
  }
  if (kind === 'enrollments' && teacher !== undefined) {
    return { type: 'TeacherAssigned', version: 1, key: classId!, occurredAt: at, data: { teacher, class: classId!, active: false } };
  }
  if (kind === 'counselors' && learner !== undefined) {
    return {
      type: 'CounselorAssigned',
      version: 1,
      key: learner,
      occurredAt: at,
      data: { learner, counselor: counselor!, school: school!, active: false },
    };
  }
  return undefined;
}
