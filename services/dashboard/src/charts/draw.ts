import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

// Only what the page draws, as vectors: sharp in print, and small enough for a phone.
register([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
]);

export interface Drawing {
  readonly set: (option: EChartsCoreOption) => void;
  readonly end: () => void;
}

/** Draws into an element and follows its size. */
export function draw(element: HTMLElement, onPick?: (data: unknown) => void): Drawing {
  const chart = init(element, null, { renderer: 'svg' });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(element);
  if (onPick) chart.on('click', (event) => onPick(event.data));
  return {
    set: (option) => chart.setOption(option, { notMerge: true }),
    end: () => {
      watch.disconnect();
      chart.dispose();
    },
  };
}
