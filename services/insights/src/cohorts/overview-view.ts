import { type Figure, type Finding, type Overview, type Overview as OverviewShape } from '@pharos/contract';
import { type RiskWeek, type WeekOfCohort } from '@pharos/warehouse';
import { type CohortRow } from '../questions/cohort-cells.js';
import { type GroupWeek } from '../questions/risk-by-group.js';
import { type CohortFilter } from '@pharos/warehouse';
import { type CohortPattern } from './cohort-pattern.js';
import { disclosePart, discloseParts, discloseRate, missing, shown, suppressed } from './disclosure.js';
import { addDays, weekNumber, YEAR_DAYS } from './spans.js';

type Week = OverviewShape['weeks'][number];
type Row = OverviewShape['rows'][number];
type Three = Pick<Week, 'enrolled' | 'active' | 'atRisk'>;

const valueOf = (figure: Figure): number | null => (figure.is === 'value' ? figure.value : null);

/** What of a cohort is hidden in every week, because it is hidden now. */
export type HiddenThree = Readonly<Record<keyof Three, boolean>>;

/** A cohort's, by the pattern of the whole term. */
export function hiddenThree(pattern: CohortPattern, filter: CohortFilter): HiddenThree {
  const cohort = { level: 'tenant', group: '', filter } as const;
  return {
    enrolled: pattern.hides('enrolled', cohort).some(Boolean),
    active: pattern.hides('active', cohort)[0]!,
    atRisk: pattern.hides('risk', cohort)[0]!,
  };
}

/** Enrolled, active and at risk of each week: what is hidden now is hidden in all weeks, and what is too few in one is hidden there. */
function threeByWeek(
  cohort: readonly WeekOfCohort[],
  risk: readonly RiskWeek[],
  minimum: number,
  hidden: HiddenThree,
): ReadonlyMap<string, Three> {
  const risks = new Map(risk.map((row) => [row.week, row]));
  return new Map(
    cohort.map(({ week, enrolled, active }) => {
      const now = discloseParts([{ group: week, part: active.n, whole: enrolled.n }], minimum).groups.get(week)!;
      const scored = risks.get(week);
      const atRisk = scored
        ? discloseParts([{ group: week, part: scored.atRisk.n, whole: scored.scored.n }], minimum).groups.get(week)!.part
        : missing;
      const unless = (is: boolean, figure: Figure): Figure => (is && figure.is === 'value' ? suppressed : figure);
      return [
        week,
        { enrolled: unless(hidden.enrolled, now.whole), active: unless(hidden.active, now.part), atRisk: unless(hidden.atRisk, atRisk) },
      ];
    }),
  );
}

/** The weeks of a term, each beside the same week of the last year where there is one. */
export function overviewWeeks(
  now: { readonly cohort: readonly WeekOfCohort[]; readonly risk: readonly RiskWeek[] },
  before: { readonly cohort: readonly WeekOfCohort[]; readonly risk: readonly RiskWeek[] },
  termStart: string,
  minimum: number,
  hidden: HiddenThree,
): readonly Week[] {
  const last = threeByWeek(
    before.cohort.filter(({ enrolled }) => enrolled.n > 0),
    before.risk,
    minimum,
    hidden,
  );
  return [...threeByWeek(now.cohort, now.risk, minimum, hidden)].map(([week, three]) => ({
    week: weekNumber(week, termStart),
    from: week,
    ...three,
    lastYear: last.get(addDays(week, -YEAR_DAYS)) ?? null,
  }));
}

/** How many more are at risk than a week before, where both are shown. */
function changeOf(weeks: readonly { readonly atRisk: Figure }[]): Figure {
  const [before, now] = weeks.slice(-2).map(({ atRisk }) => atRisk);
  if (!before || !now) return missing;
  const [a, b] = [valueOf(before), valueOf(now)];
  return a === null || b === null
    ? before.is === 'suppressed' || now.is === 'suppressed'
      ? suppressed
      : missing
    : { is: 'value', value: b - a };
}

/** Groups with their figures, each suppressed together with all others that a reader can set against it. */
export function overviewRows(
  rows: readonly CohortRow[],
  weekly: readonly GroupWeek[],
  about: {
    readonly level: Row['level'];
    readonly titleOf: (group: string) => string;
    readonly termStart: string;
    readonly minimum: number;
    readonly learnersShown: boolean;
    readonly pattern: CohortPattern;
    readonly filter: CohortFilter;
  },
): readonly Row[] {
  const { minimum, pattern, level, filter } = about;
  const byWeek = new Map(
    [...Map.groupBy(weekly, ({ week }) => week)].map(([week, groups]) => [
      week,
      discloseParts(
        groups.map(({ group, atRisk, scored }) => ({ group, part: atRisk.n, whole: scored.n })),
        minimum,
      ).groups,
    ]),
  );
  return rows.map((row): Row => {
    const cohort = { level, group: row.group, filter };
    const riskHidden = pattern.hides('risk', cohort)[0]!;
    const weeks = [...byWeek]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([week, groups]) => {
        const atRisk = groups.get(row.group)?.part;
        return atRisk ? [{ week: weekNumber(week, about.termStart), atRisk: riskHidden ? suppressed : atRisk }] : [];
      });
    const hidden = pattern.hides('enrolled', cohort).some(Boolean) || row.enrolled.n < minimum;
    const rate = (value: Parameters<typeof discloseRate>[0], people: number): Figure =>
      hidden ? suppressed : discloseRate(value, people, minimum);
    return {
      level: about.level,
      id: row.group,
      title: about.titleOf(row.group),
      enrolled: hidden ? suppressed : shown(row.enrolled.n),
      active: disclosePart(pattern.hides('active', cohort)[0]!, row.active.n, row.enrolled.n, minimum),
      atRisk: row.scored.n === 0 ? missing : disclosePart(riskHidden, row.atRisk.n, row.scored.n, minimum),
      change: changeOf(weeks),
      handedIn: rate(row.handedIn, row.withWorkDue.n),
      attendance: rate(row.attendance, row.attended.n),
      weeks,
      learnersShown: about.learnersShown,
    };
  });
}

/** A rise or fall that is worth a sentence: a twentieth of those at risk before, and never one or two people. */
const worthSaying = (before: number, now: number): boolean => Math.abs(now - before) >= Math.max(3, before * 0.05);

/** What the weeks and rows say, most important first. Only of figures that are shown. */
export function findingsOf(weeks: Overview['weeks'], rows: Overview['rows'], everywhere: string): readonly Finding[] {
  const shownWeeks = weeks.filter(({ enrolled }) => valueOf(enrolled) !== null);
  const enrolled = valueOf(shownWeeks.at(-1)?.enrolled ?? missing);
  if (enrolled === null) return [{ code: 'no-data', params: {} }];
  const risks = weeks.map(({ atRisk }) => valueOf(atRisk)).filter((value) => value !== null);
  const [before, now] = [risks.at(-2), risks.at(-1)];
  const byChange = rows.toSorted((a, b) => (valueOf(b.change) ?? 0) - (valueOf(a.change) ?? 0));
  const where = (row: Row | undefined) => (row && valueOf(row.change) !== null ? row.title : everywhere);
  const findings: Finding[] = [];
  if (now === undefined) findings.push({ code: 'no-scores', params: {} });
  else if (before === undefined || !worthSaying(before, now)) findings.push({ code: 'at-risk-steady', params: { now, enrolled } });
  else if (now > before) findings.push({ code: 'at-risk-up', params: { before, now, enrolled, where: where(byChange[0]) } });
  else findings.push({ code: 'at-risk-down', params: { before, now, enrolled, where: where(byChange.at(-1)) } });
  const actives = weeks.map(({ active }) => valueOf(active)).filter((value) => value !== null);
  const [was, is] = [actives.at(-3), actives.at(-2)]; // the last week is not over yet
  if (was !== undefined && is !== undefined && was - is >= Math.max(3, was * 0.1)) {
    findings.push({ code: 'activity-down', params: { before: was, active: is, where: everywhere } });
  }
  return findings;
}
