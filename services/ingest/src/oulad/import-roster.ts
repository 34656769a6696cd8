import { actorIdentifier } from '@pharos/xapi';
import { type Sender } from '../door/batch.js';
import { deadLetter } from '../door/dead-letters.js';
import { type Door, type Entry } from '../door/door.js';
import { Conveyor } from '../imports/conveyor.js';
import { ImportStopped } from '../imports/statement-feed.js';
import { type Counting } from '../imports/tally.js';
import { recordRoster, type RosterEntry } from '../roster/record-roster.js';
import { classId, presentation, type Presentation } from './presentation.js';
import { type NumberedRow, readTable, wholeNumber, wholeTable } from './read-table.js';
import {
  activitySummarised, attributesDeclared, calendarDefined, classDefined, counselorAssigned, enrolledOn, type Enrolment, learnerEnrolled,
  learnerWithdrawn, outcomeRecorded, workDue,
} from './roster-facts.js'; // prettier-ignore
import { type AssessmentRow, type RegistrationRow, type StudentRow, tables } from './tables.js';
import { HOME } from './vocabulary.js';

/** What the import of the statements needs; a thread of its own has it too. */
export interface StatementsOfOulad {
  readonly dir: string;
  readonly tenant: string;
  readonly door: Entry;
  readonly sender: Sender;
  readonly counter: Counting;
}

export interface OuladFeed extends StatementsOfOulad {
  readonly door: Door;
}

/** What the statements need to know of the roster. */
export interface OuladRoster {
  readonly presentations: ReadonlyMap<string, Presentation>;
  readonly works: ReadonlyMap<string, { readonly run: Presentation; readonly row: AssessmentRow }>;
  /** Token of each student: one person, however many presentations they took. */
  readonly learners: ReadonlyMap<string, string>;
  readonly counselors: ReadonlyMap<string, string>;
}

const BATCH = 1_000;

/** Presentations, work, people, enrolments, attributes, outcomes and totals as roster facts. */
export async function importRoster(feed: OuladFeed): Promise<OuladRoster> {
  for (const scope of ['history/write', 'roster/write', 'statements/write']) {
    if (!feed.sender.scopes.includes(scope)) throw new ImportStopped(`This needs a credential with the scope ${scope}.`);
  }
  feed.counter.begin('roster');
  const writer = await rosterWriter(feed);
  const presentations = await readPresentations(feed.dir);
  const works = await readWorks(feed, presentations);
  await writer([
    calendarDefined([...presentations.values()]),
    ...[...presentations.values()].map(classDefined),
    ...[...works.values()].map(({ run, row }) => workDue(run, row)),
  ]);
  const students = await wholeTable(feed.dir, tables.students);
  const learners = await registerStudents(feed, students, writer);
  const counselors = await registerCounselors(feed, students);
  const enrolments = await readEnrolments(feed, students, presentations, learners);
  const assignments = counselorsOf(enrolments, counselors);
  for (let from = 0; from < assignments.length; from += BATCH) await writer(assignments.slice(from, from + BATCH));
  for (let from = 0; from < enrolments.length; from += BATCH) {
    const some = enrolments.slice(from, from + BATCH);
    await writer(some.flatMap(entriesOf));
    feed.counter.read(some.length);
  }
  await importTotals(feed, presentations, learners, writer);
  await writer.end();
  return { presentations, works, learners, counselors };
}

type Writer = ((entries: readonly RosterEntry[]) => Promise<void>) & { end(): Promise<void> };

async function rosterWriter({ door, tenant, counter }: OuladFeed): Promise<Writer> {
  const hashKey = await door.vault.hashKey(tenant);
  const conveyor = new Conveyor(4);
  const write = (entries: readonly RosterEntry[]) =>
    conveyor.add(async () => {
      const { appended, known } = await recordRoster(door, tenant, hashKey, entries);
      counter.add({ appended, known });
    });
  return Object.assign(write, { end: () => conveyor.drain() });
}

async function readPresentations(dir: string): Promise<ReadonlyMap<string, Presentation>> {
  const rows = await wholeTable(dir, tables.courses);
  const runs = rows.map(({ row }) => presentation(row.code_module, row.code_presentation, Number(row.module_presentation_length)));
  return new Map(runs.map((run) => [run.class, run]));
}

async function readWorks(feed: OuladFeed, presentations: ReadonlyMap<string, Presentation>): Promise<OuladRoster['works']> {
  const works = new Map<string, { run: Presentation; row: AssessmentRow }>();
  for (const { row, line } of await wholeTable(feed.dir, tables.assessments)) {
    const run = presentations.get(classId(row.code_module, row.code_presentation));
    if (run === undefined) await refuse(feed, `assessments:${line}`, 'workDue', 'no such presentation', row);
    else works.set(row.id_assessment, { run, row });
  }
  return works;
}

/** A student is found by the number in the roster and by the account that statements name. */
async function registerStudents(
  { door, tenant }: OuladFeed,
  students: readonly NumberedRow<keyof StudentRow>[],
  writer: Writer,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(students.map(({ row }) => row.id_student))];
  const learners = new Map<string, string>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    const people = some.map((id) => ({ identifiers: [`sourced:${id}`, actorIdentifier({ account: { homePage: HOME, name: id } })] }));
    const { tokens, links } = await door.vault.registerPeople(tenant, people);
    some.forEach((id, index) => learners.set(id, tokens[index]!));
    const at = door.now().toISOString();
    await writer(links.map((link) => ({
      naturalKey: ['link', link.learner, link.canonical],
      fact: { type: 'LearnersLinked', version: 1, key: link.learner, occurredAt: at, data: { ...link, linked: true, at } },
    }))); // prettier-ignore
  }
  return learners;
}

async function registerCounselors(
  feed: OuladFeed,
  students: readonly NumberedRow<keyof StudentRow>[],
): Promise<ReadonlyMap<string, string>> {
  const regions = [...new Set(students.map(({ row }) => row.region))].filter((region) => region !== '').sort();
  const people = regions.map((region) => ({
    identifiers: [`sourced:counselor-${region.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`],
    givenName: 'Regional centre',
    familyName: region,
  }));
  const { tokens } = await feed.door.vault.registerPeople(feed.tenant, people);
  return new Map(regions.map((region, index) => [region, tokens[index]!]));
}

async function readEnrolments(
  feed: OuladFeed,
  students: readonly NumberedRow<keyof StudentRow>[],
  presentations: ReadonlyMap<string, Presentation>,
  learners: ReadonlyMap<string, string>,
): Promise<readonly Enrolment[]> {
  const keyOf = (row: RegistrationRow | StudentRow) => `${classId(row.code_module, row.code_presentation)}/${row.id_student}`;
  const registrations = new Map((await wholeTable(feed.dir, tables.registrations)).map(({ row }) => [keyOf(row), row]));
  const enrolments: Enrolment[] = [];
  for (const { row, line } of students) {
    const run = presentations.get(classId(row.code_module, row.code_presentation));
    if (run === undefined) await refuse(feed, `studentInfo:${line}`, 'learnerEnrolled', 'no such presentation', row);
    else enrolments.push({ run, learner: learners.get(row.id_student)!, student: row, registration: registrations.get(keyOf(row)) });
  }
  return enrolments;
}

function entriesOf(enrolment: Enrolment): readonly RosterEntry[] {
  const entries = [learnerEnrolled(enrolment), ...attributesDeclared(enrolment), learnerWithdrawn(enrolment), outcomeRecorded(enrolment)];
  return entries.filter((entry) => entry !== undefined);
}

/** A student belongs to the centre of the region that they registered with last: moving changes the counselor. */
function counselorsOf(enrolments: readonly Enrolment[], counselors: ReadonlyMap<string, string>): readonly RosterEntry[] {
  const dated = enrolments.map((enrolment) => ({ enrolment, at: enrolment.run.startMs + enrolledOn(enrolment) * 86_400_000 }));
  dated.sort((a, b) => a.at - b.at);
  const present = new Map<string, string>();
  return dated.flatMap(({ enrolment }) => {
    const counselor = counselors.get(enrolment.student.region);
    const before = present.get(enrolment.learner);
    if (counselor === undefined || counselor === before) return [];
    present.set(enrolment.learner, counselor);
    const assigned = counselorAssigned(enrolment, counselor, true);
    return before === undefined ? [assigned] : [counselorAssigned(enrolment, before, false), assigned];
  });
}

async function importTotals(
  feed: OuladFeed,
  presentations: ReadonlyMap<string, Presentation>,
  learners: ReadonlyMap<string, string>,
  writer: Writer,
): Promise<void> {
  feed.counter.begin(tables.totals.names[0]!);
  for await (const rows of readTable(feed.dir, tables.totals)) {
    const entries: RosterEntry[] = [];
    for (const { row, line } of rows) {
      const run = presentations.get(classId(row.code_module, row.code_presentation));
      const learner = learners.get(row.id_student);
      const numbers = [row.rows_pre, row.clicks_pre, row.rows_le56, row.clicks_le56].map(wholeNumber);
      if (run !== undefined && learner !== undefined && !numbers.includes(undefined))
        entries.push(...activitySummarised(run, learner, row));
      else
        await refuse(feed, `click-features:${line}`, 'activitySummarised', 'no such enrolment, or a total that is not a whole number', row);
    }
    await writer(entries);
    feed.counter.read(rows.length);
  }
}

async function refuse({ door, tenant, counter }: OuladFeed, place: string, step: string, reason: string, row: unknown): Promise<void> {
  await deadLetter(door, tenant, [{ source: 'import oulad', place, step, reason, bytes: JSON.stringify(row) }]);
  counter.add({ deadLetters: 1 });
}
