import { inLanguage, localeOf, type StatementDetail } from '@pharos/contract';
import { type TenantRegistry } from '@pharos/registry';
import {
  answerOfStatement, attemptOfStatement, classOfContext, learnerDayTotal, levelsChangedAt, masteriesOf, type RecordedStatement, type TenantWarehouse,
} from '@pharos/warehouse'; // prettier-ignore
import { reasonView } from '../alerts/reasons-view.js';
import { type Titles } from '../places/titles.js';
import { type Shelf } from '../practice/content-shelf.js';

interface From {
  readonly registry: Pick<TenantRegistry, 'alertCases'>;
  readonly tables: TenantWarehouse;
  readonly titles: Titles;
  readonly content: Shelf;
  readonly locale: string;
}

/** More alerts of one learner than this tell an integrator nothing. */
const MOST_ALERTS = 3;

/** What was made of a statement: each part is looked up where the fold put it, by the statement's own keys. */
export async function derivedOf(
  { registry, tables, titles, content, locale }: From,
  statement: RecordedStatement,
): Promise<StatementDetail['derived']> {
  const { id, learner, token, activity, recordedAt, occurredAt } = statement;
  const day = occurredAt.slice(0, 10);
  const [attempt, answer, total, levels, masteries, inClass, { alerts }] = await Promise.all([
    activity === '' ? undefined : tables.askOne(attemptOfStatement(id, activity), 'dashboards'),
    tables.askOne(answerOfStatement(id, token), 'dashboards'),
    tables.askOne(learnerDayTotal(learner, day), 'dashboards'),
    tables.ask(levelsChangedAt(learner, recordedAt), 'dashboards'),
    tables.ask(masteriesOf([learner]), 'dashboards'),
    tables.askOne(classOfContext(statement.contextId), 'dashboards'),
    registry.alertCases.list({ learners: [learner] }, { order: 'raisedAt', limit: MOST_ALERTS }),
  ]);
  const titleOf = (skill: string): string => {
    const title = content.skillById.get(skill)?.title;
    return title === undefined ? skill : inLanguage(localeOf(locale), title);
  };
  const placed = answer && content.skillOf(activity);
  const skills = answer === undefined ? [] : placed === undefined ? answer.skills : [placed];
  const known = new Map(masteries.map((row) => [row.skill, row]));
  return {
    action: statement.action,
    kind: statement.kind,
    class: inClass === undefined ? null : { id: inClass, title: titles.classTitle(inClass) },
    attempt: attempt !== undefined,
    skills: skills.map((skill) => ({
      skill,
      title: titleOf(skill),
      probability: known.get(skill)?.probability ?? null,
      evidence: known.get(skill)?.evidence ?? 0,
    })),
    levels: levels.map(({ skill, from, to }) => ({
      skill,
      title: titleOf(skill),
      from: from === '' ? null : from,
      to: to === '' ? null : to,
    })),
    day: total === undefined ? null : { day, ...total },
    alerts: alerts.map(({ alert, standing, raisedAt, latest }) => ({
      alert,
      status: standing.status,
      raisedAt,
      reasons: latest.reasons.map((reason) => reasonView(reason, titles)),
    })),
  };
}
