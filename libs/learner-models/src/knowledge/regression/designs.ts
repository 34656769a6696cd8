import { type Asked } from '../knowledge-model.js';
import { countWindows, type Trace, WINDOW_SECONDS } from '../trace.js';

export type RegressionKind = 'best-lr' | 'pfa' | 'das3h';

/** Columns of items and skills, in the order of their names. */
export interface Vocabulary {
  readonly items: ReadonlyMap<string, number>;
  readonly skills: ReadonlyMap<string, number>;
}

const WINDOWS = WINDOW_SECONDS.length + 1;

/** Numbers per skill beside its own one-hot. */
const perSkill: Readonly<Record<RegressionKind, number>> = { 'best-lr': 2, pfa: 2, das3h: 2 * WINDOWS };

/** Columns that belong to no item or skill: log counts of answers and rights in all, and on the item. */
const SHARED = 4;

/** How many columns a design has. */
export function widthOf(kind: RegressionKind, { items, skills }: Vocabulary): number {
  return items.size + skills.size * (1 + perSkill[kind]) + SHARED;
}

const windows = new Float64Array(2 * WINDOWS);

/**
 * The non-zero numbers of one question.
 *
 * - `pfa` (Pavlik, Cen and Koedinger 2009): skill, and rights and wrongs per skill;
 * - `best-lr` (Gervet et al. 2020): item and skill, and ln(1 + n) of answers and rights per skill, on the item, and in all;
 * - `das3h` (Choffin et al. 2019): item and skill, and ln(1 + n) of answers and rights per skill and window of time.
 *
 * An item or skill outside the vocabulary has no columns.
 */
export function eachColumn(
  kind: RegressionKind,
  { items, skills }: Vocabulary,
  trace: Trace,
  asked: Asked,
  take: (column: number, value: number) => void,
): void {
  const item = kind === 'pfa' ? undefined : items.get(asked.item);
  if (item !== undefined) take(item, 1);
  const width = perSkill[kind];
  for (const name of asked.skills) {
    const skill = skills.get(name);
    if (skill === undefined) continue;
    take(items.size + skill, 1);
    const strand = trace.skills.get(name);
    const base = items.size + skills.size + skill * width;
    const attempts = strand?.attempts ?? 0;
    const wins = strand?.wins ?? 0;
    switch (kind) {
      case 'pfa':
        take(base, wins);
        take(base + 1, attempts - wins);
        break;
      case 'best-lr':
        take(base, Math.log1p(attempts));
        take(base + 1, Math.log1p(wins));
        break;
      case 'das3h':
        countWindows(strand, asked.at, windows);
        for (let w = 0; w < width; w++) take(base + w, Math.log1p(windows[w]!));
        break;
      default:
        kind satisfies never;
    }
  }
  if (kind !== 'best-lr') return;
  const shared = items.size + skills.size * (1 + width);
  const onItem = trace.items.get(asked.item);
  take(shared, Math.log1p(trace.all.attempts));
  take(shared + 1, Math.log1p(trace.all.wins));
  take(shared + 2, Math.log1p(onItem?.attempts ?? 0));
  take(shared + 3, Math.log1p(onItem?.wins ?? 0));
}
