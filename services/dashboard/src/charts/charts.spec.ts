import { type RiskHistory, type Timeline } from '@pharos/contract';
import { beforeAll, describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { createDistrict } from '../../dev/district.js';
import { formatsOf } from '../app/format.js';
import { en } from '../i18n/en.js';
import { lanes, storyOf } from '../learner/story.js';
import { calibrationChart } from './calibration-chart.js';
import { plain } from './pieces.js';
import { spread, storyChart } from './story-chart.js';
import { type ChartTheme } from './theme.js';
import { hiddenSpans, weeksChart } from './weeks-chart.js';

const theme: ChartTheme = {
  ink: 'ink', muted: 'muted', line: 'line', surface: 'surface', context: 'context', accent: 'accent', urgent: 'urgent', better: 'better',
  series: ['s1', 's2', 's3', 's4', 's5', 's6'], family: 'family',
}; // prettier-ignore
const value = (number: number) => ({ is: 'value', value: number }) as const;
interface Series {
  readonly type: string;
  readonly name?: string;
  readonly data: readonly unknown[];
  readonly lineStyle?: { readonly color: string };
}
const seriesOf = (option: object) => (option as { series: readonly Series[] }).series;

describe('figures by week', () => {
  const words = { now: 'This year', lastYear: 'Last year', none: 'not known', hidden: 'not shown', number: String };
  const weeks = [
    { label: 'a', now: value(3), lastYear: value(4) },
    { label: 'b', now: { is: 'suppressed' as const }, lastYear: { is: 'missing' as const } },
    { label: 'c', now: value(0), lastYear: null },
  ];
  it('draw last year in grey behind this year, and gaps where nothing may be said', () => {
    const series = seriesOf(weeksChart(weeks, words, theme, true));
    expect(series.map((one) => [one.name, one.lineStyle?.color, one.data])).toEqual([
      ['Last year', 'context', [4, null, null]],
      ['This year', 'accent', [3, null, 0]],
    ]);
  });
  it('draw themselves in only where no gap is in the way of the name that runs along', () => {
    const moving = seriesOf(weeksChart(weeks, words, theme, false)) as unknown as readonly { animation: boolean }[];
    const whole = seriesOf(weeksChart([weeks[0]!, { label: 'b', now: value(2), lastYear: value(1) }], words, theme, false)) as unknown as readonly { animation: boolean }[];
    expect([moving.map(({ animation }) => animation), whole.map(({ animation }) => animation)]).toEqual([[false, false], [true, true]]);
  }); // prettier-ignore
  it('shade each gap that hides a small number and say so once, there and in the tooltip', () => {
    const of = (...is: ('value' | 'suppressed')[]) => is.map((one) => ({ now: one === 'value' ? value(1) : ({ is: one } as const) }));
    expect(hiddenSpans(of('value', 'suppressed', 'suppressed', 'value', 'value', 'value', 'suppressed'))).toEqual([{ from: 0, to: 3 }, { from: 5, to: 6 }]);
    expect(hiddenSpans(of('value', 'value'))).toEqual([]);
    const option = weeksChart(weeks, words, theme, true) as unknown as { series: { markArea?: { data: unknown } }[]; tooltip: { formatter: (items: unknown) => string } };
    expect(option.series.at(-1)!.markArea!.data).toEqual([[{ xAxis: 0, name: 'not shown' }, { xAxis: 2 }]]);
    const items = ['Last year', 'This year'].map((seriesName) => ({ name: 'b', seriesName, dataIndex: 1, value: null }));
    expect(option.tooltip.formatter(items)).toBe('<b>b</b><br>Last year: not known<br>This year: not shown');
  }); // prettier-ignore
  it('leave last year out where there was none, and do not move for who asked for that', () => {
    const option = weeksChart([{ label: 'a', now: value(1), lastYear: null }], words, theme, true) as { animation: boolean };
    expect(seriesOf(option)).toHaveLength(1);
    expect(option.animation).toBe(false);
  });
});

describe('names at the ends of lines', () => {
  it('stand apart, in their order, as near to their lines as they can', () => {
    expect(spread([10, 60], 16)).toEqual([10, 60]);
    expect(spread([40, 40], 16)).toEqual([32, 48]);
    expect(spread([50, 40, 42, 90], 16)).toEqual([60, 28, 44, 90]);
    const many = [...spread([5, 6, 7, 20, 22, 80], 17)].sort((a, b) => a - b);
    for (const [at, next] of many.slice(1).entries()) expect(next - many[at]!).toBeGreaterThanOrEqual(17 - 1e-9);
  });
});

describe('the story', () => {
  beforeAll(() =>
    i18next.init({
      lng: 'en',
      fallbackLng: false,
      defaultNS: 'page',
      keySeparator: false,
      nsSeparator: false,
      resources: { en: { page: en } },
    }),
  );
  const ask = createDistrict(new Date('2026-03-10T10:00:00Z'));
  const get = <Answer>(url: string): Answer => ask({ method: 'GET', url, body: '', role: 'counselor' }).body as Answer;
  const timeline = get<Timeline>('/api/learners/l-1/timeline');
  const history = get<RiskHistory>('/api/learners/l-1/risk');
  const tell = () =>
    storyOf(timeline, history, { t: i18next.getFixedT('en', 'page'), locale: 'en', formats: formatsOf('en', 'UTC'), target: 'not-passing', titleOf: (id) => id }); // prettier-ignore

  it('tells every kind of moment in words, without what was taken back', () => {
    const { moments } = tell();
    for (const lane of lanes.slice(1)) expect(moments.some((moment) => moment.lane === lane)).toBe(true);
    expect(moments.filter((moment) => moment.lane === 'people')).toHaveLength(timeline.alerts.filter(({ step }) => !step.withdrawn).length);
    expect(moments.every((moment) => moment.text !== '' && !/\{\{|^story\./.test(moment.text))).toBe(true);
  });
  it('stands on one time axis, lane above lane', () => {
    const story = tell();
    const option = storyChart(story, { lanes: { risk: 'R', activity: 'A', work: 'W', attendance: 'T', people: 'P' }, likely: 'likely', day: String, moment: String }, theme, true) as {
      xAxis: readonly { min: number; max: number }[];
      grid: readonly { top: number; height: number }[];
    };
    expect(new Set(option.xAxis.map((axis) => `${axis.min} ${axis.max}`)).size).toBe(1);
    option.grid.slice(1).forEach((grid, at) => expect(grid.top).toBeGreaterThanOrEqual(option.grid[at]!.top + option.grid[at]!.height));
    expect(seriesOf(option).filter((series) => series.type === 'line').length).toBeLessThanOrEqual(6);
  }); // prettier-ignore
});

describe('calibration', () => {
  it('draws a dot per bin that holds anybody, by size', () => {
    const bin = (n: number) => ({ from: 0, to: 0.1, n, predicted: 0.05, observed: 0.04 });
    const option = calibrationChart([bin(400), bin(0), bin(100)], { predicted: '', observed: '', ideal: '', percent: String, bin: (one) => String(one.n), count: (one) => String(one.n) }, theme, true);
    const dots = seriesOf(option)[1]!.data as readonly { text: string; symbolSize: number }[];
    expect(dots.map((dot) => [dot.text, dot.symbolSize])).toEqual([['400', 32], ['100', 16]]);
  }); // prettier-ignore
});

describe('texts in a tooltip', () => {
  it('are never markup', () => {
    expect(plain('<img src=x onerror="alert(1)">')).toBe('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });
});
