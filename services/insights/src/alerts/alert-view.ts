import { type AlertDetail, type AlertStep, type AlertSummary, type Lever, type NextStep, type PersonName } from '@pharos/contract';
import { type AlertCase, type InterventionTemplate } from '@pharos/registry';
import { type Titles } from '../places/titles.js';
import { changeView, reasonView, riskView } from './reasons-view.js';

/** What a view needs besides the case: names (already read and noted), titles, the catalogue, the reader's language and the time. */
export interface AlertWords {
  readonly people: ReadonlyMap<string, PersonName>;
  readonly users: ReadonlyMap<string, PersonName>;
  readonly titles: Titles;
  readonly interventions: ReadonlyMap<string, InterventionTemplate>;
  readonly locale: string;
  readonly now: string;
  readonly trainedAsOf: (model: string) => string | undefined;
}

const person = (words: AlertWords, token: string): PersonName => words.people.get(token) ?? { token, name: null };
const user = (words: AlertWords, id: string): PersonName => words.users.get(id) ?? words.people.get(id) ?? { token: id, name: null };

/** Title of an intervention in the reader's language, else in English, else its id. */
export function interventionTitle(words: Pick<AlertWords, 'interventions' | 'locale'>, id: string): string {
  const title = words.interventions.get(id)?.title;
  return title?.[words.locale] ?? title?.en ?? id;
}

/** Tokens of the people whom a view of these cases names. */
export const peopleIn = (cases: readonly AlertCase[]): readonly string[] =>
  cases.flatMap(({ latest, standing }) => [latest.learner, ...(standing.assignee === null ? [] : [standing.assignee])]);

/** Ids of the users who acted, as far as a summary names them. */
export const usersIn = (cases: readonly AlertCase[]): readonly string[] =>
  cases.flatMap(({ standing }) => standing.interventions.slice(-1).map(({ by }) => by));

/** One alert as a row shows it. */
export function alertSummary(alert: AlertCase, words: AlertWords): AlertSummary {
  const { latest, standing } = alert;
  const last = standing.interventions.at(-1);
  const waiting = standing.status === 'open' || standing.status === 'acknowledged';
  return {
    alert: alert.alert,
    version: alert.version,
    status: standing.status,
    learner: person(words, latest.learner),
    school: { id: latest.school, title: words.titles.schoolTitle(latest.school) },
    term: latest.term,
    counselor: standing.assignee === null ? null : person(words, standing.assignee),
    risk: riskView(latest, words.trainedAsOf),
    reasons: latest.reasons.map((reason) => reasonView(reason, words.titles)),
    changed: latest.changed.map((change) => changeView(change, words.titles)),
    nextSteps: latest.nextSteps.map((step): NextStep => ({
      intervention: step.intervention,
      title: interventionTitle(words, step.intervention),
      because: step.because,
    })),
    raisedAt: alert.raisedAt,
    updatedAt: alert.lastChange.at,
    dueAt: latest.dueAt,
    overdue: waiting && latest.dueAt < words.now,
    snoozedUntil: standing.snoozedUntil,
    held: alert.heldFor !== null,
    lastContact: last
      ? {
          at: last.at,
          by: user(words, last.by),
          intervention: last.intervention,
          title: interventionTitle(words, last.intervention),
          followUpOn: last.followUpOn,
        }
      : null,
  };
}

/** One alert with what it rests on, what happened, and which skills would change most. */
export function alertDetail(alert: AlertCase, history: readonly AlertStep[], words: AlertWords, practise: readonly Lever[]): AlertDetail {
  return {
    ...alertSummary(alert, words),
    evidence: alert.latest.evidence.map(({ class: id, asOf, week, model, recipe, logOdds, probability, intercept, contributions, heldOut }) => ({
      class: { id, title: words.titles.classTitle(id) },
      asOf, week, model, recipe, logOdds, probability, intercept, contributions, heldOut,
    })), // prettier-ignore
    history: [...history],
    practise: [...practise],
  };
}
