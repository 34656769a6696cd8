import { type ChartTheme } from './theme.js';

/** What every chart has in common, so that they read alike. */
export const frame = (theme: ChartTheme, reduced: boolean) => ({
  animation: !reduced,
  animationDuration: 240,
  textStyle: { fontFamily: theme.family, color: theme.muted, fontSize: 13 },
});

export const tooltip = (theme: ChartTheme) => ({
  backgroundColor: theme.surface,
  borderColor: theme.line,
  textStyle: { color: theme.ink, fontSize: 13, fontFamily: theme.family },
  confine: true,
  transitionDuration: 0,
});

export const quietAxis = (theme: ChartTheme) => ({
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: theme.muted, fontSize: 13 },
  splitLine: { lineStyle: { color: theme.line, width: 1 } },
});

/** Text that goes into a tooltip is markup there: what people wrote must not become any. */
export const plain = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign);
