import { type EChartsCoreOption } from 'echarts/core';
import { type Lane, lanes, type Story, type Tone } from '../learner/story.js';
import { frame, plain, quietAxis, tooltip } from './pieces.js';
import { type ChartTheme } from './theme.js';

interface Words {
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly likely: string;
  readonly day: (at: number) => string;
  readonly moment: (at: number) => string;
}

/** Height of each lane and the space above it for its name, px. */
const heights: Readonly<Record<Lane, number>> = { risk: 88, activity: 64, work: 80, attendance: 28, people: 40 };
const gap = 36;
export const storyHeight = lanes.reduce((sum, lane) => sum + heights[lane] + gap, 0) + 28;

/** Names at the ends of lines need so much height each, px. */
const nameHeight = 17;

/**
 * Heights for names that would stand at the same place: each as near to its own as it can be with all apart. Order is kept.
 *
 * @param wished where each would stand, px
 * @example spread([40, 40], 16) // => [32, 48]
 */
export function spread(wished: readonly number[], apart: number): readonly number[] {
  interface Block { at: number; readonly of: number[] } // prettier-ignore
  const order = wished.map((_, index) => index).sort((a, b) => wished[a]! - wished[b]! || a - b);
  const blocks: Block[] = [];
  const middle = (of: readonly number[]): number => of.reduce((sum, index, place) => sum + wished[index]! - place * apart, 0) / of.length;
  for (const index of order) {
    let block: Block = { at: wished[index]!, of: [index] };
    // Names that meet become one block, which stands where its members would like to on the whole.
    for (let before = blocks.at(-1); before && before.at + before.of.length * apart > block.at; before = blocks.at(-1)) {
      blocks.pop();
      const of = [...before.of, ...block.of];
      block = { at: middle(of), of };
    }
    blocks.push(block);
  }
  const placed = [...wished];
  for (const { at, of } of blocks) for (const [place, index] of of.entries()) placed[index] = at + place * apart;
  return placed;
}

const shapes: Readonly<Record<Tone, string>> = {
  plain: 'circle',
  good: 'circle',
  late: 'triangle',
  missed: 'diamond',
  waiting: 'emptyCircle',
  act: 'roundRect',
};

/** What happened, and what people did, on one time axis: a lane each for risk, activity, work, attendance and people. */
export function storyChart(story: Story, words: Words, theme: ChartTheme, reduced: boolean, narrow = false): EChartsCoreOption {
  const tops = new Map<Lane, number>();
  let top = gap - 8;
  for (const lane of lanes) {
    tops.set(lane, top);
    top += heights[lane] + gap;
  }
  const colour: Readonly<Record<Tone, string>> = { plain: theme.accent, good: theme.better, late: theme.series[3]!, missed: theme.urgent, waiting: theme.context, act: theme.accent };
  const last = lanes.at(-1);
  const points = (lane: Lane, size: number) => ({
    type: 'scatter',
    xAxisIndex: lanes.indexOf(lane),
    yAxisIndex: lanes.indexOf(lane),
    symbolSize: size,
    data: story.moments
      .filter((moment) => moment.lane === lane)
      .map((moment) => ({ value: [moment.at, moment.value], text: moment.text, symbol: shapes[moment.tone], itemStyle: { color: colour[moment.tone] }, symbolSize: moment.tone === 'good' && lane === 'attendance' ? 4 : size })),
  });
  const shown = story.risks.slice(0, 6);
  const ends = shown.map((risk) => heights.risk * (1 - (risk.points.at(-1)?.rate ?? 0)));
  const names = spread(ends, nameHeight);
  const risks = shown.map((risk, index) => ({
    type: 'line',
    name: risk.title,
    xAxisIndex: 0,
    yAxisIndex: 0,
    symbol: 'circle',
    symbolSize: 6,
    clip: false,
    lineStyle: { color: index === 0 ? theme.accent : theme.context, width: index === 0 ? 2.5 : 1.5 },
    itemStyle: { color: index === 0 ? theme.accent : theme.context },
    endLabel: { show: !narrow, formatter: '{a}', color: index === 0 ? theme.accent : theme.muted, fontSize: 13, fontWeight: index === 0 ? 600 : 400, width: 112, overflow: 'truncate', offset: [0, names[index]! - ends[index]!] },
    data: risk.points.map((point) => ({ value: [point.at, point.rate], text: `${risk.title}: ${point.text}` })),
    ...(index === 0
      ? { markLine: { silent: true, symbol: 'none', lineStyle: { color: theme.context, type: 'dashed' }, label: { formatter: words.likely, position: 'insideStartTop', color: theme.muted, fontSize: 13 }, data: [{ yAxis: 0.5 }] } }
      : {}),
  }));
  return {
    ...frame(theme, reduced),
    tooltip: {
      ...tooltip(theme),
      trigger: 'item',
      formatter: (item: { data: { value: [number, number]; text: string } }) => `<b>${plain(words.day(item.data.value[0]))}</b><br>${plain(item.data.text)}`,
    },
    grid: lanes.map((lane) => ({ outerBoundsMode: 'none', left: 4, right: narrow ? 12 : 124, top: tops.get(lane), height: heights[lane] })),
    xAxis: lanes.map((lane, index) => ({
      type: 'time', gridIndex: index, min: story.from, max: story.to, ...quietAxis(theme), splitLine: { show: true, lineStyle: { color: theme.line } },
      axisLabel: { show: lane === last, color: theme.muted, fontSize: 13, hideOverlap: true, formatter: words.moment },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    })),
    yAxis: lanes.map((lane, index) => ({
      type: 'value', gridIndex: index, min: 0, ...(lane === 'activity' ? {} : { max: 1 }), ...quietAxis(theme), splitLine: { show: false }, axisLabel: { show: false },
      name: words.lanes[lane], nameLocation: 'end', nameGap: 8, nameTextStyle: { align: 'left', color: theme.ink, fontSize: 13, fontWeight: 600 },
    })),
    series: [
      ...risks,
      { type: 'bar', xAxisIndex: 1, yAxisIndex: 1, barMaxWidth: 8, itemStyle: { color: theme.series[4], borderRadius: [2, 2, 0, 0] }, data: story.moments.filter((moment) => moment.lane === 'activity').map((moment) => ({ value: [moment.at, moment.value], text: moment.text })) },
      points('work', 12),
      points('attendance', 10),
      points('people', 12),
    ],
  };
} // prettier-ignore
