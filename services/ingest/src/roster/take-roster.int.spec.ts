import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryRosterRecords } from '../testing/memory-roster-records.js';
import { openTestDoor, platform } from '../testing/open-door.js';
import { csvRows } from './read-rows.js';
import { type TableKind } from './rows.js';
import { takeResults } from './take-results.js';
import { type RosterAnswer, type RosterFile, takeRoster } from './take-roster.js';

let opened: Awaited<ReturnType<typeof openTestDoor>>;
let records: ReturnType<typeof memoryRosterRecords>;
beforeEach(async () => {
  opened = await openTestDoor();
  records = memoryRosterRecords();
});
afterEach(() => opened.dispose());

const roster = () => ({ door: opened.door, records: () => records });
const rowsOf = (csv: string) => {
  const read = csvRows(csv);
  if (!read.ok) throw new Error(read.reason);
  return read.rows;
};
const take = (kind: TableKind, csv: string, more: Partial<RosterFile> = {}): Promise<RosterAnswer> =>
  takeRoster(roster(), { tenant: 't', kind, file: `${kind}.csv`, rows: rowsOf(csv), mode: 'bulk', confirm: false, atomic: false, ...more });
const dataOf = async (type: string) => (await opened.facts()).filter((fact) => fact.type === type).map(({ data }) => data);

async function school(): Promise<void> {
  await take('orgs', 'sourcedId,name,type\nS1,Lincoln High,school\n');
  await take('academicSessions', 'sourcedId,title,startDate,endDate\nF25,Fall,2025-08-20,2025-12-20\nS26,Spring,2026-01-05,2026-05-30\n');
  await take('courses', 'sourcedId,title\nALG,Algebra\n');
  await take('classes', 'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nC1,Algebra 1,ALG,S1,"F25,S26"\n');
}
const enrollments = (students: readonly string[]) =>
  `sourcedId,classSourcedId,userSourcedId,role,beginDate\n${students.map((student) => `E-${student},C1,${student},student,2025-08-20`).join('\n')}\n`;
const students = (count: number) => Array.from({ length: count }, (_, index) => `student-${index}`);

describe('a class', () => {
  it('is joined with its course, school and terms', async () => {
    await school();
    expect(await dataOf('ClassDefined')).toEqual([
      {
        class: 'C1',
        title: 'Algebra 1',
        course: 'ALG',
        courseTitle: 'Algebra',
        school: 'S1',
        schoolTitle: 'Lincoln High',
        term: 'F25',
        start: '2025-08-20',
        end: '2026-05-30',
        iris: [],
      },
    ]);
  });

  it('is refused by row and column while its course is not told, and the row is kept sealed', async () => {
    const answer = await take('classes', 'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds\nC1,Algebra 1,ALG,S1,F25\n');
    expect(answer).toMatchObject({ ok: true, appended: 0, errors: [{ line: 2, column: 'courseSourcedId' }] });
    expect(await dataOf('DeadLettered')).toMatchObject([{ place: 'classes.csv:2', sealed: true }]);
  });
});

describe('enrolments', () => {
  it('are told once, however often the file comes', async () => {
    await school();
    expect(await take('enrollments', enrollments(students(3)))).toMatchObject({ appended: 3, known: 0, withdrawn: 0 });
    expect(await take('enrollments', enrollments(students(3)))).toMatchObject({ appended: 0, known: 3, withdrawn: 0 });
    expect(await dataOf('LearnerEnrolled')).toHaveLength(3);
  });

  it('end for who is absent from a bulk file, and begin again when they come back', async () => {
    await school();
    await take('enrollments', enrollments(students(12)));
    expect(await take('enrollments', enrollments(students(11)))).toMatchObject({ ok: true, withdrawn: 1 });
    expect(await dataOf('LearnerWithdrawn')).toMatchObject([{ class: 'C1', reason: 'absent-from-bulk', on: '2026-01-01' }]);
    await take('enrollments', enrollments(students(12)));
    expect(await dataOf('LearnerEnrolled')).toHaveLength(13);
    await take('enrollments', enrollments(students(11)));
    expect(await dataOf('LearnerWithdrawn')).toHaveLength(2);
  });

  it('do not end by absence from a delta', async () => {
    await school();
    await take('enrollments', enrollments(students(12)));
    expect(await take('enrollments', enrollments(['new']), { mode: 'delta' })).toMatchObject({ appended: 1, withdrawn: 0 });
  });

  it('are not ended for more than a tenth unless that is confirmed', async () => {
    await school();
    await take('enrollments', enrollments(students(12)));
    const before = (await opened.facts()).length;
    expect(await take('enrollments', enrollments(students(6)))).toMatchObject({ ok: false, status: 409 });
    expect(await opened.facts()).toHaveLength(before);
    expect(await take('enrollments', enrollments(students(6)), { confirm: true })).toMatchObject({ ok: true, withdrawn: 6 });
  });

  it('of a file with a bad row are taken, unless it is all or nothing; nobody is withdrawn by such a file', async () => {
    await school();
    await take('enrollments', enrollments(students(2)));
    const bad = `${enrollments(['new'])}E9,C9,someone,student,2025-08-20\nE10,C1,someone,student,soon\n`;
    expect(await take('enrollments', bad, { atomic: true })).toMatchObject({ ok: false, status: 400 });
    expect(await take('enrollments', bad)).toMatchObject({
      appended: 1,
      withdrawn: 0,
      errors: expect.arrayContaining([
        expect.objectContaining({ line: 3, column: 'classSourcedId' }),
        expect.objectContaining({ line: 4, column: 'beginDate' }),
      ]),
    });
  });

  it('leave no id of a person in log or registry', async () => {
    await school();
    await take('enrollments', enrollments(['roberta-7']));
    expect(JSON.stringify([await opened.facts(), await records.active('enrollments')])).not.toContain('roberta-7');
  });
});

describe('what districts tell besides', () => {
  it.each([
    [
      'attendance',
      'studentSourcedId,schoolSourcedId,date,status\nann,S1,2025-09-01,absent\n',
      'AttendanceMarked',
      { status: 'absent', on: '2025-09-01' },
    ],
    [
      'incidents',
      'sourcedId,studentSourcedId,schoolSourcedId,date,severity\nI1,ann,S1,2025-09-01,major\n',
      'IncidentRecorded',
      { severity: 'major' },
    ],
    [
      'grades',
      'studentSourcedId,classSourcedId,date,percent,passing\nann,C1,2025-09-01,55.5,false\n',
      'GradeReported',
      { percent: 55.5, passing: false },
    ],
    ['accommodations', 'studentSourcedId,timeFactor,extraDays\nann,1.5,\n', 'AccommodationDeclared', { timeFactor: 1.5 }],
    [
      'attributes',
      'studentSourcedId,attribute,value,protected\nann,lunch,free,true\n',
      'AttributeDeclared',
      { attribute: 'lunch', protected: true },
    ],
    [
      'demographics',
      'sourcedId,birthDate,sex\nann,2010-01-01,female\n',
      'AttributeDeclared',
      { attribute: 'sex', value: 'female', protected: true },
    ],
    ['outcomes', 'studentSourcedId,classSourcedId,outcome,date\nann,C1,pass,2026-05-30\n', 'OutcomeRecorded', { outcome: 'pass' }],
    ['counselors', 'studentSourcedId,counselorSourcedId,schoolSourcedId\nann,c7,S1\n', 'CounselorAssigned', { school: 'S1', active: true }],
    [
      'calendar',
      'schoolSourcedId,timeZone,weekdays,holidays\nS1,America/Chicago,1;2;3;4;5,2025-11-27\n',
      'CalendarDefined',
      { weekdays: [1, 2, 3, 4, 5] },
    ],
    [
      'lineItems',
      'sourcedId,title,classSourcedId,dueDate,weight\nL1,Essay,C1,2025-10-01,20\n',
      'WorkDue',
      { dueOn: '2025-10-01', weight: 20 },
    ],
  ] as const)('%s become facts', async (kind, csv, type, data) => {
    await school();
    expect(await take(kind, csv)).toMatchObject({ appended: 1, errors: [] });
    expect(await dataOf(type)).toMatchObject([data]);
    expect(await take(kind, csv)).toMatchObject({ appended: 0, known: 1 });
  });

  it('results become statements about the same person and work', async () => {
    await school();
    await take('users', 'sourcedId,givenName,familyName,email\nann,Ann,Lee,ann@example.org\n');
    await take('lineItems', 'sourcedId,title,classSourcedId,resultValueMax\nL1,Essay,C1,20\n');
    const csv = 'sourcedId,lineItemSourcedId,studentSourcedId,score,scoreDate\nR1,L1,ann,15,2025-10-02\nR2,L9,ann,15,2025-10-02\n';
    const answer = await takeResults(roster(), { tenant: 't', sender: platform, file: 'results.csv', rows: rowsOf(csv), atomic: false });
    expect(answer).toMatchObject({ ok: true, appended: 1, errors: [{ line: 3, column: 'lineItemSourcedId' }] });
    expect(await dataOf('StatementRecorded')).toMatchObject([
      { action: 'scored', scaled: 0.75, learner: await opened.vault.find('t', 'mailto:ann@example.org') },
    ]);
  });
});
