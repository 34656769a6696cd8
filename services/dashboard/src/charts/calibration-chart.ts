import { type ReliabilityBin } from '@pharos/contract';
import { type EChartsCoreOption } from 'echarts/core';
import { frame, plain, quietAxis, tooltip } from './pieces.js';
import { type ChartTheme } from './theme.js';

interface Words {
  readonly predicted: string;
  readonly observed: string;
  readonly ideal: string;
  readonly percent: (share: number) => string;
  readonly bin: (bin: ReliabilityBin) => string;
  /** How many learners a bin holds, as it stands beside the dot. */
  readonly count: (bin: ReliabilityBin) => string;
}

/** What came true against what was predicted: a dot per bin, its area by the number of learners, beside the line of a perfect model. */
export function calibrationChart(bins: readonly ReliabilityBin[], words: Words, theme: ChartTheme, reduced: boolean): EChartsCoreOption {
  const filled = bins.filter((bin) => bin.n > 0);
  const most = Math.max(1, ...filled.map((bin) => bin.n));
  const axis = (name: string) => ({
    type: 'value', min: 0, max: 1, name, nameLocation: 'middle', nameGap: 32, nameTextStyle: { color: theme.muted, fontSize: 13 }, ...quietAxis(theme),
    axisLabel: { color: theme.muted, fontSize: 13, formatter: words.percent },
  }); // prettier-ignore
  return {
    ...frame(theme, reduced),
    grid: { left: 64, right: 24, top: 12, bottom: 52 },
    tooltip: { ...tooltip(theme), trigger: 'item', formatter: (item: { data: { text?: string } }) => plain(item.data.text ?? words.ideal) },
    xAxis: axis(words.predicted),
    yAxis: { ...axis(words.observed), nameGap: 44 },
    series: [
      {
        type: 'line', silent: true, symbol: 'none', lineStyle: { color: theme.context, type: 'dashed', width: 1.5 }, data: [[0, 0], [1, 1]],
        endLabel: { show: true, formatter: words.ideal, color: theme.muted, fontSize: 13, align: 'right', offset: [-12, 32] },
      },
      {
        type: 'scatter', itemStyle: { color: theme.accent, opacity: 0.85 },
        data: filled.map((bin) => ({ value: [bin.predicted, bin.observed], symbolSize: Math.max(6, 32 * Math.sqrt(bin.n / most)), text: words.bin(bin), count: words.count(bin) })),
        label: { show: true, position: 'right', distance: 4, offset: [0, 12], color: theme.muted, fontSize: 12, formatter: (item: { data: { count: string } }) => item.data.count },
        labelLayout: { hideOverlap: true },
      },
    ],
  }; // prettier-ignore
}
