/**
 * A text whose formulas are not broken at the end of a line: no space beside an operator is a place to break.
 *
 * @example wholeFormulas('Multiply out: 9(x + 8)') // => 'Multiply out: 9(x\u00a0+\u00a08)'
 */
export const wholeFormulas = (text: string): string =>
  text.replaceAll(/(?<=[\p{L}\d)]) ([+\-−=×·÷<>≤≥/]) (?=[\p{L}\d(−-])/gu, '\u00a0$1\u00a0');
