/** One measured figure, beside what is asked of it and what the parts below allow in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is asked: at least so much, or at most. */
  readonly asked?: { readonly atLeast: number } | { readonly atMost: number };
  readonly ceiling?: { readonly what: string; readonly value: number };
}

const number = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

/** @example lineOf({ name: 'reads', value: 12000, unit: '/s', asked: { atLeast: 10000 } }) // => 'reads   12,000 /s   asked ≥ 10,000: reached' */
export function lineOf({ name, value, unit, asked, ceiling }: Figure): string {
  const reached = asked && ('atLeast' in asked ? value >= asked.atLeast : value <= asked.atMost);
  const goal = asked && ('atLeast' in asked ? `≥ ${number(asked.atLeast)}` : `≤ ${number(asked.atMost)}`);
  const said = asked ? `asked ${goal}: ${reached ? 'reached' : 'NOT reached'}` : '';
  const beside = ceiling ? `${Math.round((value / ceiling.value) * 100)} % of ${number(ceiling.value)} ${unit} (${ceiling.what})` : '';
  return [name.padEnd(58), `${number(value)} ${unit}`.padStart(22), said.padEnd(34), beside].join('  ').trimEnd();
}
