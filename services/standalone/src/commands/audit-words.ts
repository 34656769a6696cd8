import { attributeInWords, auditInWords, type AuditFile, type Mitigation } from '@pharos/contract';
import { type SelectionReport } from '@pharos/fairness';

const per100 = (share: number | null, digits = 0): string => (share === null ? '–' : (100 * share).toFixed(digits));
const heading = (text: string): string => `\n${text}\n${'-'.repeat(text.length)}`;

/** Columns set out under each other; the first flush left, numbers flush right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ')}`.trimEnd(),
  );
}

const tableMetrics = [['named', 'selectionRate'], ['found', 'tpr'], ['false alarms', 'fpr'], ['right', 'ppv']] as const; // prettier-ignore
const gapNames = {
  demographicParityDifference: 'named',
  equalOpportunityDifference: 'found',
  equalizedOddsDifference: 'found or false alarms',
} as const;

const changeInWords = ({ kind, policy, without }: Mitigation): string => {
  if (kind === 'thresholds')
    return policy === 'equal-opportunity'
      ? 'a threshold for each group, so that as many in need are found'
      : 'a threshold for each group, so that as many are named';
  if (kind === 'fewer-features') return `without ${without.join(', ')}`;
  return kind === 'rule' ? 'the other score' : 'other weights in training';
};

const costInWords = (per100: number | null): string =>
  per100 === null ? 'an unknown number more are' : `${Math.abs(per100).toFixed(1)} ${per100 < 0 ? 'fewer' : 'more'} are`;

function attributeLines({ attribute, groups, gaps, abroca, pooled }: AuditFile['attributes'][number], audit: AuditFile): string[] {
  const figure = (group: (typeof groups)[number], name: string): string => {
    const { value, low, high } = group.metrics[name] ?? { value: null, low: null, high: null };
    return value === null ? '–' : low === null || high === null ? per100(value) : `${per100(value)} (${per100(low)}–${per100(high)})`;
  };
  const calibration = (group: (typeof groups)[number], name: string): string => group.metrics[name]?.value?.toFixed(2) ?? '–';
  const table = columns([
    ['group', 'rows', 'had the outcome', ...tableMetrics.map(([title]) => title), 'AUC', 'slope', 'shift'],
    ...groups.map((group) => [
      group.group, String(group.n ?? '–'), figure(group, 'baseRate'), ...tableMetrics.map(([, name]) => figure(group, name)),
      calibration(group, 'auc'), calibration(group, 'calibrationSlope'), calibration(group, 'calibrationIntercept'),
    ]),
  ]); // prettier-ignore
  const seen = Object.entries(gapNames).flatMap(([name, title]) => {
    const gap = gaps[name];
    if (typeof gap?.value !== 'number') return [];
    return [
      `  Gap in ${title}: ${per100(gap.value, 1)} of 100${gap.chance ? `; by chance alone ${per100(gap.chance.median, 1)}, once in twenty over ${per100(gap.chance.extreme, 1)}` : ''}.`,
    ];
  });
  const widest = abroca.filter((pair) => pair.value !== null).sort((a, b) => b.value! - a.value!)[0];
  const curves = widest
    ? [
        `  Ranked most differently: ${widest.groups.join(' and ')}, area between their curves ${widest.value!.toFixed(3)}${widest.chance ? ` (by chance ${widest.chance.median.toFixed(3)}, once in twenty over ${widest.chance.extreme.toFixed(3)})` : ''}.`,
      ]
    : [];
  const tests = audit.tests.filter((test) => test.attribute === attribute && test.metric === 'tpr');
  const smallest =
    tests.length > 0
      ? [
          `  Smallest gap in who is found that so many rows show four times of five, among so many tests: ${per100(Math.max(...tests.map((test) => test.smallestGapInFamily ?? test.smallestGap)), 1)} of 100.`,
        ]
      : [];
  const together = pooled.length > 0 ? [`  Too small alone, so put together: ${pooled.join(', ')}.`] : [];
  const changes = audit.mitigations.filter((change) => change.attribute === attribute);
  const whatIfs = changes.length === 0 ? [] : [
    '  What if (nothing is applied):',
    ...changes.map((change) => `    ${changeInWords(change)}: gap in who is found from ${per100(change.before.tprGap.value, 1)} to ${per100(change.after.tprGap.value, 1)} of 100; of 100 named, ${costInWords(change.precisionCostPer100)} wrong.`),
  ]; // prettier-ignore
  const lead =
    audit.leadTimes?.attributes
      .find((one) => one.attribute === attribute)
      ?.groups.flatMap(({ group, weeks }) => (weeks.value === null ? [] : [`${group} ${weeks.value.toFixed(1)}`])) ?? [];
  const early = lead.length > 0 ? [`  Weeks from the first naming to the outcome: ${lead.join(', ')}.`] : [];
  return [heading(attributeInWords('en', attribute)), ...table, ...seen, ...curves, ...smallest, ...together, ...early, ...whatIfs];
}

/** An audit for people: the sentences first, then the figures per attribute, of 100, with their intervals. */
export function auditWords(audit: AuditFile): string {
  const { file, rows, threshold, verdicts, attributes, intersections } = audit;
  const beyond = verdicts.filter((verdict) => verdict.significant).length;
  const first =
    beyond === 0
      ? 'No difference between groups is beyond chance.'
      : beyond === 1
        ? 'One difference between groups is unlikely to be chance.'
        : `${beyond} differences between groups are unlikely to be chance.`;
  const crossed = intersections.flatMap(({ attribute, gaps }) => {
    const gap = gaps.equalOpportunityDifference;
    return typeof gap?.value !== 'number'
      ? []
      : [
          `  ${attributeInWords('en', attribute)}: gap in who is found ${per100(gap.value, 1)} of 100${gap.chance ? `, by chance alone ${per100(gap.chance.median, 1)}` : ''}`,
        ];
  });
  return [
    `${file}: ${rows} rows, named from ${threshold} on. ${first}`,
    ...verdicts.map((verdict) => `  ${auditInWords('en', verdict, '')}`),
    ...attributes.flatMap((one) => attributeLines(one, audit)),
    ...(crossed.length > 0 ? [heading('crossed, described and not tested'), ...crossed] : []),
    `\nTests: each group against the rest in four rates, ${audit.tests.length} in all, by ${audit.settings.permutations} permutations within people and outcome; ${audit.settings.alpha} of the findings may be false (Benjamini–Hochberg).`,
  ].join('\n');
}

/** Selection rates for people, where no outcome is known. */
export function selectionWords(file: string, { overall, attributes }: SelectionReport, threshold: number): string {
  const lines = attributes.flatMap(({ attribute, groups }) => [
    heading(attributeInWords('en', attribute)),
    ...columns([
      ['group', 'rows', 'named', 'before', 'shift'],
      ...groups.map(({ group, n, selectionRate, before, shift }) => [
        group, String(n), per100(selectionRate.value, 1), per100(before, 1),
        shift.value === null || shift.low === null || shift.high === null ? '–' : `${per100(shift.value, 1)} (${per100(shift.low, 1)} to ${per100(shift.high, 1)})`,
      ]),
    ]),
  ]); // prettier-ignore
  return [
    `${file}: ${overall.n} rows, of which ${per100(overall.selectionRate.value, 1)} of 100 are named from ${threshold} on. No outcome is given, so nothing is said of who is missed or named without need.`,
    ...lines,
  ].join('\n');
}
