import { type Figure } from '@pharos/contract';
import { type EChartsCoreOption } from 'echarts/core';
import { valueOf } from '../app/format.js';
import { frame, plain, quietAxis, tooltip } from './pieces.js';
import { type ChartTheme } from './theme.js';

export interface WeekValue {
  /** First day of the week, as the reader writes it. */
  readonly label: string;
  readonly now: Figure;
  readonly lastYear: Figure | null;
}

interface Words {
  readonly now: string;
  readonly lastYear: string;
  readonly none: string;
  /** Of a week whose figure is too small, or too nearly all, to be shown. */
  readonly hidden: string;
  readonly number: (value: number) => string;
}

/**
 * One figure by week: this year in the accent, the year before in grey, each named at its end. Weeks that are missing or
 * suppressed leave a gap; a line through them would claim to know. A gap that hides a small number is shaded and says so.
 */
export function weeksChart(weeks: readonly WeekValue[], words: Words, theme: ChartTheme, reduced: boolean): EChartsCoreOption {
  const said = (value: unknown, figure: Figure | null | undefined): string =>
    typeof value === 'number' ? words.number(value) : figure?.is === 'suppressed' ? words.hidden : words.none;
  const hidden = hiddenSpans(weeks);
  // One name for all of them, where there is room for it; the rest look alike, and the tooltip says the same.
  const widest = hidden.reduce((best, { from, to }) => Math.max(best, to - from), 0);
  const named = widest >= 0.4 * (weeks.length - 1) ? hidden.findIndex(({ from, to }) => to - from === widest) : -1;
  const before = weeks.map((week) => (week.lastYear ? valueOf(week.lastYear) : null));
  const now = weeks.map((week) => valueOf(week.now));
  // One line alone needs no name: the chart's title says what it is.
  const compared = before.some((value) => value !== null);
  // Both names stand at the ends of their lines, which may meet: the higher line is named above.
  const nowAbove = (now.at(-1) ?? 0) >= (before.at(-1) ?? 0);
  const line = (name: string, data: readonly (number | null)[], colour: string, front: boolean) => ({
    name,
    type: 'line',
    data,
    symbol: 'circle',
    symbolSize: 6,
    // A week between two gaps has no line: its dot is all there is to see.
    showSymbol: data.length < 3 || data.includes(null),
    connectNulls: false,
    // While a line draws itself in, its name runs along it; where the line has a gap, there is no height to put the name at.
    animation: !reduced && !data.includes(null),
    z: front ? 3 : 2,
    lineStyle: { color: colour, width: front ? 2.5 : 1.5 },
    itemStyle: { color: colour },
    endLabel: { show: compared && typeof data.at(-1) === 'number', formatter: '{a}', color: front ? colour : theme.muted, fontSize: 13, fontWeight: front ? 600 : 400, distance: 6, offset: [0, front === nowAbove ? -8 : 8] },
    emphasis: { disabled: true },
  });
  return {
    ...frame(theme, reduced),
    grid: { left: 4, right: compared ? 80 : 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltip(theme),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: theme.context } },
      formatter: (items: readonly { name: string; seriesName: string; dataIndex: number; value: unknown }[]) =>
        [
          `<b>${plain(items[0]?.name ?? '')}</b>`,
          ...items.map((item) => `${plain(item.seriesName)}: ${plain(said(item.value, weeks[item.dataIndex]?.[item.seriesName === words.now ? 'now' : 'lastYear']))}`),
        ].join('<br>'),
    },
    xAxis: { type: 'category', boundaryGap: false, data: weeks.map((week) => week.label), ...quietAxis(theme), splitLine: { show: false }, axisLabel: { color: theme.muted, fontSize: 13, hideOverlap: true, alignMinLabel: 'left' } },
    yAxis: { type: 'value', ...quietAxis(theme), splitNumber: 3, min: 0, axisLabel: { color: theme.muted, fontSize: 13, formatter: words.number } },
    series: [
      ...(compared ? [line(words.lastYear, before, theme.context, false)] : []),
      {
        ...line(words.now, now, theme.accent, true),
        markArea: {
          silent: true,
          itemStyle: { color: theme.line, opacity: 0.55 },
          label: { show: true, position: 'insideBottom', color: theme.muted, fontSize: 13 },
          data: hidden.map(({ from, to }, at) => [
            { xAxis: from, name: at === named ? words.hidden : '' }, { xAxis: to },
          ]),
        },
      },
    ],
  };
} // prettier-ignore

/**
 * Where figures of this year are hidden, from the week before the first of them to the week after the last: the width of the line's gap.
 *
 * @example hiddenSpans([shown, suppressed, suppressed, shown]) // => [{ from: 0, to: 3 }]
 */
export function hiddenSpans(weeks: readonly Pick<WeekValue, 'now'>[]): readonly { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const [at, { now }] of weeks.entries()) {
    if (now.is !== 'suppressed') continue;
    const last = spans.at(-1);
    if (last && last.to >= at) last.to = Math.min(weeks.length - 1, at + 1);
    else spans.push({ from: Math.max(0, at - 1), to: Math.min(weeks.length - 1, at + 1) });
  }
  return spans;
}
