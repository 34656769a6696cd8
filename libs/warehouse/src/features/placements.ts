import { type ItemPlaced } from '../questions/knowledge.js';

/** Where items stand among skills at any moment: the last placement of an item that holds then, else that of the longest beginning of its id. */
export class Placements {
  private readonly exact = new Map<string, ItemPlaced[]>();
  private readonly prefixes: readonly (readonly [prefix: string, placed: readonly ItemPlaced[]])[];

  /** @param placements in the order in which they hold (`itemPlacements`) */
  constructor(placements: readonly ItemPlaced[]) {
    const prefixes = new Map<string, ItemPlaced[]>();
    for (const placement of placements) {
      const map = placement.prefix ? prefixes : this.exact;
      const known = map.get(placement.item);
      if (known) known.push(placement);
      else map.set(placement.item, [placement]);
    }
    this.prefixes = [...prefixes].sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  }

  at(activity: string, moment: string): ItemPlaced | undefined {
    const held = (placed: readonly ItemPlaced[] | undefined) => placed?.findLast(({ holdsFrom }) => holdsFrom <= moment);
    const own = held(this.exact.get(activity));
    if (own) return own;
    for (const [prefix, placed] of this.prefixes) {
      const found = activity.startsWith(prefix) ? held(placed) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}
