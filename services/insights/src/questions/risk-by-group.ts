import {
  bind,
  type Cell,
  cell,
  cellOf,
  cohort,
  type CohortAsk,
  date,
  literal,
  type Question,
  scoresAsOf,
  type Span,
  sql,
} from '@pharos/warehouse';
import { type CellLevel } from './cohort-cells.js';

export interface GroupWeek {
  readonly group: string;
  /** Monday of the week. */
  readonly week: string;
  readonly scored: Cell;
  readonly atRisk: Cell;
}

const groups: Readonly<Record<CellLevel, string>> = { tenant: `''`, school: 'e.school', course: 'e.course', class: 'e.class' };

/** At-risk learners by week and group: the last score of each learner and class within the week. Not yet suppressed. */
export function riskByGroup(
  ask: CohortAsk & Span & { readonly by: CellLevel; readonly target: string; readonly threshold: number },
): Question<GroupWeek> {
  const during = sql` AND target = ${bind('String', ask.target)} AND toDate32(as_of) BETWEEN ${date(ask.from)} AND ${date(ask.to)}`;
  return {
    name: 'riskByGroup',
    sql: sql`SELECT group, week, ${cell('scored', ask.cellSecret)}, ${cell('at_risk', ask.cellSecret, sql`p >= ${bind('Float64', ask.threshold)}`)}
      FROM (SELECT ${literal(groups[ask.by])} AS group, s.week AS week, s.learner AS learner, s.p AS p
        FROM (SELECT class, learner, toDate32(toMonday(as_of)) AS week, argMax(probability, as_of) AS p
          FROM ${scoresAsOf({ asOf: ask.asOf }, during)} GROUP BY class, learner, week) AS s
        INNER JOIN ${cohort(ask)} AS e ON e.class = s.class AND e.learner = s.learner)
      GROUP BY group, week ORDER BY group, week`,
    answer: (row) => ({ group: String(row.group), week: String(row.week), scored: cellOf(row, 'scored'), atRisk: cellOf(row, 'at_risk') }),
  };
}
