/** Colours of the page as a chart needs them: resolved, because a chart does not read custom properties. */
export interface ChartTheme {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly context: string;
  readonly accent: string;
  readonly urgent: string;
  readonly better: string;
  /** At most six, told apart without colour vision. */
  readonly series: readonly string[];
  readonly family: string;
}

const names = ['ink', 'muted', 'line', 'surface', 'context', 'accent', 'urgent', 'better'] as const;

/** Reads the tokens as they are now; `light-dark()` is resolved by letting the browser colour an element. */
export function readTheme(within: HTMLElement): ChartTheme {
  const probe = document.createElement('span');
  within.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(names.map((name) => [name, colour(name)])) as Record<(typeof names)[number], string>;
  const series = [1, 2, 3, 4, 5, 6].map((number) => colour(`series-${number}`));
  const family = getComputedStyle(within).fontFamily;
  probe.remove();
  return { ...found, series, family };
}
