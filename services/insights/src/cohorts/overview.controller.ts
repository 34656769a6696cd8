import { Inject } from '@nestjs/common';
import { type Answer, type Level, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { atRiskByWeek, calendars, type ClassRow, type CohortAsk, overviewByWeek, type Span } from '@pharos/warehouse';
import { type KeptAnswers } from '../answers/kept-answers.js';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { cohortCells } from '../questions/cohort-cells.js';
import { riskByGroup } from '../questions/risk-by-group.js';
import { seesLearners } from '../rules/rules.js';
import { ANSWERS, COHORTS, PATTERNS, REGISTRY, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';
import { type CohortDesk, type CohortScope, levelBelow } from './cohort-desk.js';
import { missing, MOST_GROUPS } from './disclosure.js';
import { type CohortPatterns } from './cohort-patterns.js';
import { findingsOf, hiddenThree, overviewRows, overviewWeeks } from './overview-view.js';
import { addDays, YEAR_DAYS } from './spans.js';
import { termTitles } from './term-titles.js';

const r = routes.overview;

/** How groups of a level are called. */
export function titlesOf(classes: readonly ClassRow[], level: Level, tenant: string): (group: string) => string {
  const titles = new Map(
    classes.map((row) => {
      if (level === 'school') return [row.school, row.schoolTitle];
      return level === 'course' ? [row.course, row.courseTitle] : [row.class, row.title];
    }),
  );
  return (group) => (level === 'tenant' ? tenant : (titles.get(group) ?? group));
}

/** The first screen: how are we doing, and where is it getting worse. */
@Answers()
export class OverviewController {
  constructor(
    @Inject(ANSWERS) private readonly kept: KeptAnswers,
    @Inject(COHORTS) private readonly cohorts: CohortDesk,
    @Inject(PATTERNS) private readonly patterns: CohortPatterns,
    @Inject(WATERMARK) private readonly watermark: Watermark,
    @Inject(REGISTRY) private readonly registry: Registry,
  ) {}

  @Handles(r.get)
  async get(@Asked() { caller, query, state }: Call<typeof r.get>): Promise<Answer<typeof r.get>> {
    state.through = await this.watermark.through();
    const scope = await this.cohorts.scope(caller, query);
    const { ask, classes, term, terms, minimum } = scope;
    const termTitle = await termTitles(
      await this.kept.ask(caller.tenant, calendars()),
      this.registry.tenant(caller.tenant).rosterRecords,
      terms.map(({ term: id }) => id),
    );
    const by = query.by ?? levelBelow(query, new Set(classes.map(({ school }) => school)).size);
    const common = {
      through: state.through,
      asOf: scope.asOf,
      terms: terms.map(({ term: id }) => ({ id, title: termTitle(id) })),
      by,
      minimumGroup: minimum,
    };
    if (!term)
      return {
        ...common,
        term: null,
        findings: [{ code: 'no-data', params: {} }],
        now: { enrolled: missing, active: missing, atRisk: missing },
        weeks: [],
        rows: [],
      };
    const answers = await this.answers(caller.tenant, scope, by);
    if (answers.rows.length > MOST_GROUPS)
      throw new Refusal('not-possible', { detail: 'Too many groups at once: narrow to a school or course' });
    const { pattern } = answers;
    const filter = ask.filter ?? {};
    const weeks = overviewWeeks(answers.now, answers.before, term.from, minimum, hiddenThree(pattern, filter));
    const titleOf = titlesOf(classes, by, caller.tenant);
    const rows = overviewRows(answers.rows, answers.weekly, {
      level: by,
      titleOf,
      termStart: term.from,
      minimum,
      learnersShown: seesLearners(caller),
      pattern,
      filter,
    });
    const last = weeks.at(-1);
    const everywhere =
      ask.filter?.school === undefined ? termTitle(term.term) : titlesOf(classes, 'school', caller.tenant)(ask.filter.school);
    return {
      ...common,
      term: { id: term.term, title: termTitle(term.term) },
      findings: [...findingsOf([...weeks], [...rows], everywhere)],
      now: { enrolled: last?.enrolled ?? missing, active: last?.active ?? missing, atRisk: last?.atRisk ?? missing },
      weeks: [...weeks],
      rows: [...rows],
    };
  }

  private async answers(tenant: string, scope: CohortScope, by: Level) {
    const { ask } = scope;
    const { term: _, class: __, ...anyTerm } = ask.filter ?? {};
    // Last year's classes are others, of other terms: the same school and course, 52 weeks before.
    const lastYear: typeof ask = { ...ask, filter: anyTerm, from: addDays(ask.from, -YEAR_DAYS), to: addDays(ask.to, -YEAR_DAYS) };
    const both = async (each: CohortAsk & Span & { target: string; threshold: number }) => {
      const [cohort, risk] = await Promise.all([this.kept.ask(tenant, overviewByWeek(each)), this.kept.ask(tenant, atRiskByWeek(each))]);
      return { cohort, risk };
    };
    // Activity of a row is that of the last seven days: on a Monday nobody has been active in the week under way.
    const lastDays = { ...ask, from: addDays(ask.to, -6) };
    const [now, before, rows, weekly, pattern] = await Promise.all([
      both(ask),
      both(lastYear),
      this.kept.ask(tenant, cohortCells({ ...lastDays, by, attributes: [] })),
      this.kept.ask(tenant, riskByGroup({ ...ask, by })),
      this.patterns.of(tenant, { ...scope, ask: lastDays }),
    ]);
    return { now, before, rows, weekly, pattern };
  }
}
