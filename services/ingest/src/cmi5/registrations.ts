import {
  type Cmi5Course,
  type Cmi5Courses,
  type Cmi5Registration,
  type Cmi5Session,
  type Cmi5Sessions,
  type Cmi5Unit,
  unitsOf,
} from '@pharos/registry';
import { type Statement } from '@pharos/xapi';
import { type Door } from '../door/door.js';
import { statementAt } from '../door/read-statement.js';
import { claimId } from '../door/statement-facts.js';
import { keyedIds } from '../keyed-id.js';
import { Turns } from '../roster/turns.js';
import { type Learner, satisfiedStatement } from './lms-statements.js';
import { isMet, satisfiedParts } from './satisfaction.js';
import { type Cmi5Verb, VERBS } from './vocabulary.js';

/** What is kept about a tenant's courses and sessions. */
export interface Cmi5Tables {
  /** `(tenant) => registry.tenant(tenant).cmi5Sessions` */
  readonly sessions: (tenant: string) => Cmi5Sessions;
  /** `(tenant) => registry.tenant(tenant).cmi5Courses` */
  readonly courses: (tenant: string) => Cmi5Courses;
}

/** A course, and the unit of it that was asked for. */
export interface FoundUnit {
  readonly course: Cmi5Course;
  readonly unit: Cmi5Unit;
}

/** Verbs that a session is about to say. */
export interface Coming {
  readonly session: string;
  readonly verbs: readonly string[];
}

/** What statements about a registration are told with. */
export interface Telling {
  readonly learner: Learner;
  /** The session that they belong to (9.3.9, 9.6.1). */
  readonly session: string;
  readonly at: Date;
}

/**
 * Registrations for courses: which of their blocks are satisfied and which units were waived. What was said is known by the log's
 * own claims under ids that are made from the registration, so nothing is said twice, whatever ended in between.
 */
export class Registrations {
  /** Requests about one registration go one after the other, because what may be said goes by what was. */
  private readonly turns = new Turns();

  constructor(
    private readonly door: Pick<Door, 'log' | 'vault'>,
    private readonly tables: Cmi5Tables,
  ) {}

  inTurn<T>(tenant: string, registration: string, work: () => Promise<T>): Promise<T> {
    return this.turns.take(`${tenant}/${registration}`, work);
  }

  /**
   * The course in which a unit is launched or waived.
   *
   * @param course its publisher's id, where it was told
   * @returns nothing where no course that was imported holds the unit; what is wrong where several do, or the named one does not
   */
  async unitOf(tenant: string, unit: string, course: string | undefined): Promise<FoundUnit | { readonly wrong: string } | undefined> {
    const holding = await this.tables.courses(tenant).withUnit(unit);
    const chosen = course === undefined ? holding : holding.filter((each) => each.course === course);
    if (chosen.length > 1) return { wrong: 'is the id of units of several courses; name the one that is meant as course' };
    const [found] = chosen;
    if (found === undefined) return course === undefined ? undefined : { wrong: 'is not the id of a unit of that course' };
    return { course: found, unit: unitsOf(found.parts).find((each) => each.unit === unit)! };
  }

  /** Sessions of a registration, each with all that the log holds of it, oldest first. */
  async sessionsOf(tenant: string, learner: string, registration: string): Promise<readonly Cmi5Session[]> {
    const all = await this.tables.sessions(tenant).ofRegistration(learner, registration);
    return Promise.all(all.map((session) => this.settled(session)));
  }

  async session(tenant: string, id: string): Promise<Cmi5Session> {
    return this.settled((await this.tables.sessions(tenant).find(id))!);
  }

  /** The id of the one statement that waives a unit in a registration (9.3.7). */
  async waivedId(tenant: string, { registration, learner }: Omit<Cmi5Registration, 'course'>, unit: string): Promise<string> {
    return keyedIds(await this.door.vault.hashKey(tenant))('cmi5 waived', registration, learner, unit);
  }

  async isSaid(tenant: string, id: string): Promise<boolean> {
    return (await this.door.log.findClaim(tenant, claimId(id))) !== undefined;
  }

  /**
   * The statements that blocks and the course of a registration are satisfied by, and that were not said yet (9.3.9). They belong into
   * the batch of what satisfied them: both are stored, or neither is.
   *
   * @param coming what a session says in that batch
   * @param waived the unit that the batch waives
   */
  async owed(tenant: string, registration: string, telling: Telling, coming?: Coming, waived?: string): Promise<readonly Statement[]> {
    const courses = this.tables.courses(tenant);
    const standing = await courses.registration(registration);
    const course = standing && (await courses.find(standing.course));
    if (standing === undefined || course === undefined) return [];
    const sessions = await this.sessionsOf(tenant, standing.learner, registration);
    const units = await Promise.all(
      unitsOf(course.parts).map(async (unit) => {
        const ofUnit = sessions.filter((session) => session.unit === unit.unit);
        const verbs = ofUnit.flatMap(({ session, verbs: said }) => (session === coming?.session ? [...said, ...coming.verbs] : said));
        const met = isMet(ofUnit.at(-1)?.launch.moveOn ?? unit.moveOn, verbs);
        const skipped = unit.unit === waived || (!met && (await this.isSaid(tenant, await this.waivedId(tenant, standing, unit.unit))));
        return [unit.unit, met || skipped] as const;
      }),
    );
    const satisfied = new Map(units);
    const idOf = keyedIds(await this.door.vault.hashKey(tenant));
    const due: Statement[] = [];
    for (const part of satisfiedParts(tenant, course, ({ unit }) => satisfied.get(unit)!)) {
      const id = idOf('cmi5 satisfied', registration, standing.learner, part.activityId);
      if (!(await this.isSaid(tenant, id))) due.push(satisfiedStatement({ id, registration, ...telling }, part));
    }
    return due;
  }

  /** What a session was about to say when a process ended: it was said if the log holds it. */
  private async settled(session: Cmi5Session): Promise<Cmi5Session> {
    if (session.saying.length === 0) return session;
    const { tenant } = session;
    const held = await Promise.all(session.saying.map(({ id, verb }) => this.holds(session, id, verb)));
    const said = session.saying.filter((_, index) => held[index]).map(({ verb }) => verb);
    const sessions = this.tables.sessions(tenant);
    await sessions.said(session.session, said, said.includes('terminated'));
    return (await sessions.find(session.session))!;
  }

  private async holds({ tenant, learner, registration }: Cmi5Session, id: string, verb: string): Promise<boolean> {
    const claim = await this.door.log.findClaim(tenant, claimId(id));
    const logged = claim && (await statementAt(this.door.log, claim.position));
    // Another statement may stand under the id: this one was refused then.
    return logged?.data.learner === learner && logged.data.registration === registration && logged.data.verb === VERBS[verb as Cmi5Verb];
  }
}
