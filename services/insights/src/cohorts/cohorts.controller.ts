import { Inject } from '@nestjs/common';
import { type Answer, type CohortCell, Measure, measures, routes } from '@pharos/contract';
import { overviewByWeek } from '@pharos/warehouse';
import { type KeptAnswers } from '../answers/kept-answers.js';
import { type Call, type Caller, type Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readOffset, writeOffset } from '../http/offset-cursor.js';
import { Refusal } from '../http/refusal.js';
import { type Column, download } from '../http/table.js';
import { attributeList } from '../questions/attributes.js';
import { cohortCells } from '../questions/cohort-cells.js';
import { riskByGroup } from '../questions/risk-by-group.js';
import { ANSWERS, COHORTS, PATTERNS, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { cellsView } from './cells-view.js';
import { type CohortDesk, type CohortScope } from './cohort-desk.js';
import { type CohortPatterns } from './cohort-patterns.js';
import { MOST_CELLS } from './disclosure.js';
import { hiddenThree, overviewWeeks } from './overview-view.js';
import { addDays } from './spans.js';
import { titlesOf } from './overview.controller.js';

const r = routes.cohorts;
type Query = Call<typeof r.list>['query'];

const listOf = (text: string | undefined): readonly string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
];

/** The measures asked for; all of them where none is named. @throws Refusal for one that there is not */
function measuresOf(text: string | undefined): readonly Measure[] {
  const asked = listOf(text);
  const parsed = asked.map((each) => Measure.safeParse(each));
  if (parsed.some(({ success }) => !success))
    throw new Refusal('bad-request', { errors: [{ path: 'query.measures', message: `of: ${measures.join(', ')}` }] });
  return asked.length === 0 ? measures : parsed.map(({ data }) => data!);
}

/** Columns of the table that can be taken away. */
export const columnsOf = (attributes: readonly string[], wanted: readonly Measure[]): readonly Column<CohortCell>[] => [
  ['level', 'text', (cell) => cell.level],
  ['id', 'text', (cell) => cell.id],
  ['title', 'text', (cell) => cell.title],
  ['week', 'number', (cell) => cell.week],
  ...attributes.map((attribute): Column<CohortCell> => [attribute, 'text', (cell) => cell.attributes[attribute] ?? null]),
  ...wanted.flatMap((measure): Column<CohortCell>[] => {
    const name = measure.replaceAll('-', '_');
    const figure = (cell: CohortCell) => cell.figures[measure];
    // Missing and suppressed are both empty as numbers, so a second column tells them apart.
    return [
      [name, 'number', (cell) => { const f = figure(cell); return f?.is === 'value' ? f.value : null; }],
      [`${name}_is`, 'text', (cell) => figure(cell)?.is ?? null],
    ];
  }),
]; // prettier-ignore

/** Cohorts as cells: never learners' rows, never small groups. */
@Answers()
export class CohortsController {
  constructor(
    @Inject(ANSWERS) private readonly kept: KeptAnswers,
    @Inject(COHORTS) private readonly cohorts: CohortDesk,
    @Inject(PATTERNS) private readonly patterns: CohortPatterns,
    @Inject(WATERMARK) private readonly watermark: Watermark,
  ) {}

  @Handles(r.list)
  async list(@Asked() { caller, query, format, state }: Call<typeof r.list>): Promise<Answer<typeof r.list> | Download> {
    state.through = await this.watermark.through();
    const [attributes, wanted] = [listOf(query.attributes), measuresOf(query.measures)];
    const scope = await this.cohorts.scope(caller, query);
    const cells =
      query.weekly === 'yes' ? await this.weekly(caller, query, scope, wanted) : await this.now(caller, query, scope, attributes, wanted);
    if (format) return download(format, columnsOf(attributes, wanted), cells);
    const from = readOffset(query.cursor);
    const to = from + query.limit;
    const next = to < cells.length ? writeOffset(to) : null;
    return { items: cells.slice(from, to), next, through: state.through, asOf: scope.asOf, minimumGroup: scope.minimum };
  }

  @Handles(r.attributes)
  async attributes(@Asked() { caller }: Call<typeof r.attributes>): Promise<Answer<typeof r.attributes>> {
    const rows = await this.kept.ask(caller.tenant, attributeList());
    return { items: rows.map((row) => ({ ...row, values: [...row.values] })) };
  }

  private async now(
    caller: Caller,
    query: Query,
    scope: CohortScope,
    attributes: readonly string[],
    wanted: readonly Measure[],
  ): Promise<readonly CohortCell[]> {
    if (attributes.length > 2) throw new Refusal('not-possible', { detail: 'At most two attributes' });
    const known = attributes.length === 0 ? [] : await this.kept.ask(caller.tenant, attributeList());
    const unknown = attributes.find((attribute) => !known.some((each) => each.attribute === attribute));
    if (unknown !== undefined) throw new Refusal('not-possible', { detail: 'There is no such attribute' });
    const rows = await this.kept.ask(caller.tenant, cohortCells({ ...scope.ask, by: query.level, attributes }));
    if (rows.length > MOST_CELLS)
      throw new Refusal('not-possible', {
        detail: `${rows.length} cells are too many at once: narrow to a school or course, or ask a level higher`,
      });
    const isProtected = known.some((each) => each.protected && attributes.includes(each.attribute));
    const titleOf = titlesOf(scope.classes, query.level, caller.tenant);
    return cellsView(rows, {
      level: query.level,
      attributes,
      measures: wanted,
      titleOf,
      minimum: scope.minimum,
      filter: scope.ask.filter ?? {},
      pattern: await this.patterns.of(caller.tenant, scope, attributes),
      noise: isProtected ? scope.ask.cellSecret : null,
    });
  }

  /** Week by week, of the cohort as a whole: narrow it by school, course or class for another one. */
  private async weekly(caller: Caller, query: Query, scope: CohortScope, wanted: readonly Measure[]): Promise<readonly CohortCell[]> {
    if (query.level !== 'tenant' || query.attributes !== undefined) {
      throw new Refusal('not-possible', {
        detail: 'Weeks are of the whole cohort: narrow it by school, course or class, without attributes',
      });
    }
    if (!scope.term) return [];
    const [cohort, risk, pattern] = await Promise.all([
      this.kept.ask(caller.tenant, overviewByWeek(scope.ask)),
      this.kept.ask(caller.tenant, riskByGroup({ ...scope.ask, by: 'tenant' })),
      this.patterns.of(caller.tenant, { ...scope, ask: { ...scope.ask, from: addDays(scope.ask.to, -6) } }),
    ]);
    const hidden = hiddenThree(pattern, scope.ask.filter ?? {});
    const weeks = overviewWeeks({ cohort, risk }, { cohort: [], risk: [] }, scope.term.from, scope.minimum, hidden);
    const kept = wanted.filter((measure) => measure === 'enrolled' || measure === 'active' || measure === 'at-risk');
    return weeks.map((week) => ({
      level: 'tenant',
      id: '',
      title: caller.tenant,
      week: week.week,
      attributes: {},
      figures: Object.fromEntries(kept.map((measure) => [measure, week[measure === 'at-risk' ? 'atRisk' : measure]])),
    }));
  }
}
