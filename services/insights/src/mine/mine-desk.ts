import { type Encouragement, type Outlooks, type Reads, type Role } from '@pharos/contract';
import { outlookOf, struggleSigns, TEST_ITEMS, type WatchedAnswer } from '@pharos/learner-models';
import { type Registry } from '@pharos/registry';
import { learnerEnrolments, masteriesOf, paceOfItems, timeFactorsOf, type Warehouse, watchedAnswers } from '@pharos/warehouse';
import { type Places } from '../places/places.js';
import { type ContentShelf, type Shelf } from '../practice/content-shelf.js';
import { byLearner, standingOfMastery } from '../practice/standings.js';
import { answerDays } from '../questions/answer-days.js';
import { identityReads } from '../questions/identity-reads.js';
import { type Clock } from '../tokens.js';
import { purposeOf } from './purposes.js';

const DAY_MS = 86_400_000;
const READ_DAYS = 90;
const PACE_DAYS = 28;
/** Of several roles the one that reads most about learners is told. */
const RANK: readonly Role[] = ['counselor', 'teacher', 'guardian', 'admin', 'privacy-officer', 'analyst', 'learner', 'platform'];

interface Desk {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly shelf: ContentShelf;
  readonly places: Places;
  readonly now: Clock;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What learners may ask about themselves. Whether the caller may see the learner is decided before. */
export class MineDesk {
  constructor(private readonly reads: Desk) {}

  /** Reads of the last ninety days by role and purpose, the latest first. The learner's own are left out. */
  async readers(tenant: string, learner: string): Promise<Omit<Reads, 'through'>> {
    const own = this.reads.registry.tenant(tenant);
    const tokens = await own.access.tokensOf(learner);
    const from = new Date(this.reads.now().getTime() - READ_DAYS * DAY_MS).toISOString();
    const [rows, users, keys] = await Promise.all([this.reads.warehouse.tenant(tenant).ask(identityReads(tokens, from)), own.users.list(), own.credentials.list()]);
    const userOf = new Map(users.map((user) => [user.id, user]));
    const platforms = new Set(keys.map(({ id }) => id));
    const found = new Map<string, Reads['items'][number]>();
    for (const { by, why, times, lastAt } of rows) {
      const user = userOf.get(by);
      if (user?.person !== undefined && user.person !== null && tokens.includes(user.person)) continue;
      const who = user === undefined ? (platforms.has(by) ? ('platform' as const) : ('pharos' as const)) : RANK.find((role) => user.roles.includes(role))!;
      const purpose = purposeOf(why);
      const key = `${who} ${purpose}`;
      const known = found.get(key);
      // Rows come latest first, so the first of a kind is the last time.
      found.set(key, known === undefined ? { who, why: purpose, times, last: lastAt } : { ...known, times: known.times + times });
    }
    return { days: READ_DAYS, items: [...found.values()] };
  }

  /** Signs of struggle as a learner may hear them: what may help. Skills that are in no catalogue are left out. */
  async encouragement(tenant: string, learner: string): Promise<Encouragement['items']> {
    const tables = this.reads.warehouse.tenant(tenant);
    const [shelf, answers, factors] = await Promise.all([this.reads.shelf.of(tenant), tables.ask(watchedAnswers([learner], {})), tables.ask(timeFactorsOf([learner], {}))]);
    if (answers.length === 0) return [];
    const paces = new Map((await tables.ask(paceOfItems([...new Set(answers.map(({ activity }) => activity))], {}))).map((pace) => [pace.activity, pace]));
    const watched = answers.flatMap(({ activity, correct, at, seconds, hints }): WatchedAnswer[] => {
      const skill = shelf.skillOf(activity);
      const pace = paces.get(activity);
      return skill === undefined ? [] : [{ skill, at, correct, seconds, hints, ladder: pace?.hints ?? 0, ...(pace && { usualSeconds: pace.seconds }) }];
    });
    const signs = struggleSigns(watched, { now: this.reads.now().getTime(), timeFactor: factors[0]?.factor ?? 1 });
    return signs.map((sign) => (sign.code === 'wheel-spinning' ? stuckIn(sign.skill, shelf) : { code: sign.code, skill: null, before: [] }));
  }

  /** The likely result at the end of the learner's courses, by subject; only of subjects that the learner practises. */
  async outlook(tenant: string, learner: string): Promise<Omit<Outlooks, 'through'>> {
    const tables = this.reads.warehouse.tenant(tenant);
    const now = this.reads.now().getTime();
    const today = dayOf(now);
    const [shelf, rows, answers, enrolments, classes] = await Promise.all([
      this.reads.shelf.of(tenant), tables.ask(masteriesOf([learner])), tables.ask(answerDays(learner, dayOf(now - PACE_DAYS * DAY_MS))), tables.ask(learnerEnrolments(learner)),
      this.reads.places.all(tenant),
    ]);
    const active = new Set(enrolments.filter((one) => one.active).map((one) => one.class));
    const endsOn = classes.filter((one) => active.has(one.class) && one.end >= today).map(({ end }) => end).sort().at(-1);
    if (endsOn === undefined) return { test: TEST_ITEMS, items: [] };
    const own = byLearner(rows).get(learner);
    const subjects = Map.groupBy(shelf.skills, ({ subject }) => subject);
    const items = [...subjects].flatMap(([subject, skills]): Outlooks['items'] => {
      const standings = skills.map(({ skill }) => own?.get(skill)).map((mastery) => (mastery === undefined ? null : standingOfMastery(mastery)));
      const tried = standings.filter((standing) => standing !== null).length;
      if (tried === 0) return [];
      const ofSubject = answers.filter(({ activity }) => shelf.skillById.get(shelf.skillOf(activity) ?? '')?.subject === subject);
      const counts = new Map<string, number>();
      for (const { day, answers: count } of ofSubject) counts.set(day, (counts.get(day) ?? 0) + count);
      const days = Array.from({ length: PACE_DAYS }, (_, back) => counts.get(dayOf(now - back * DAY_MS)) ?? 0);
      const daysLeft = Math.max(0, Math.round((Date.parse(endsOn) - Date.parse(today)) / DAY_MS));
      const outlook = outlookOf({ standings, days, daysLeft, seed: seedOf(`${learner} ${subject}`) })!;
      const perWeek = (7 * days.reduce((sum, one) => sum + one, 0)) / PACE_DAYS;
      return [{ subject, title: shelf.subjectTitle(subject), endsOn, skills: skills.length, tried, perWeek, ...outlook }];
    });
    return { test: TEST_ITEMS, items };
  }
} // prettier-ignore

function stuckIn(skill: string, shelf: Shelf): Encouragement['items'][number] {
  const named = (id: string) => ({ skill: id, title: shelf.skillById.get(id)?.title ?? { en: id } });
  return { code: 'wheel-spinning', skill: named(skill), before: (shelf.skillById.get(skill)?.prerequisites ?? []).map(named) };
}

/** The same learner and subject have the same range from one look to the next. */
const seedOf = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_003, 7);
