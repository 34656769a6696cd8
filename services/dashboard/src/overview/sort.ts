/** How a table is sorted, as its address says it: `-atRisk` is by risk, most first. */
export function readSort(text: string | undefined, known: readonly string[]): { id: string; desc: boolean }[] | null {
  if (text === undefined) return null;
  const desc = text.startsWith('-');
  const id = desc ? text.slice(1) : text;
  return known.includes(id) ? [{ id, desc }] : null;
}

/** The reverse of `readSort`. @example writeSort([{ id: 'atRisk', desc: true }]) // => '-atRisk' */
export function writeSort(sorting: readonly { readonly id: string; readonly desc: boolean }[]): string {
  const [first] = sorting;
  return first ? `${first.desc ? '-' : ''}${first.id}` : '';
}
