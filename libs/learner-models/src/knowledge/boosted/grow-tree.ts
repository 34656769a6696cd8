/** A tree over binned features. Node `k` splits on `feature[k]`: rows with a bin up to `cut[k]` go to `left[k]`, others to `right[k]`; -1 marks a leaf. */
export interface Tree {
  readonly feature: Int16Array;
  readonly cut: Uint8Array;
  readonly left: Int16Array;
  readonly right: Int16Array;
  readonly value: Float64Array;
}

export interface TreeSettings {
  readonly leaves: number;
  readonly minRows: number;
  /** Quadratic penalty on a leaf's value. */
  readonly lambda: number;
}

/** Rows by feature: `columns[f][row]` is a bin below `BINS`. */
export interface Binned {
  readonly columns: readonly Uint8Array[];
  readonly rows: number;
}

export const BINS = 64;
/** Numbers per bin: gradient, curvature, rows. */
const WIDTH = 3;

interface Node {
  readonly at: number;
  /** Rows of the node: `order[from]` to `order[to - 1]`. */
  readonly from: number;
  readonly to: number;
  readonly histogram: Float64Array;
  readonly gradient: number;
  readonly curvature: number;
  gain: number;
  feature: number;
  cut: number;
}

/**
 * Grows one tree leaf by leaf, best gain first, on second-order sums per bin (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017). The histogram of a larger
 * child is its parent's less its sibling's. O(features × rows × log leaves).
 *
 * @param order rows to learn from; sorted anew by leaf
 * @param features columns that may be split on
 */
export function growTree(
  { columns }: Binned,
  order: Uint32Array,
  gradient: Float64Array,
  curvature: Float64Array,
  features: readonly number[],
  settings: TreeSettings,
): Tree {
  const most = 2 * settings.leaves - 1;
  const tree = {
    feature: new Int16Array(most).fill(-1),
    cut: new Uint8Array(most),
    left: new Int16Array(most).fill(-1),
    right: new Int16Array(most).fill(-1),
    value: new Float64Array(most),
  };
  const spare = new Uint32Array(order.length);
  const size = features.length * BINS * WIDTH;

  const histogramOf = (from: number, to: number): Float64Array => {
    const sums = new Float64Array(size);
    for (let f = 0; f < features.length; f++) {
      const column = columns[features[f]!]!;
      const base = f * BINS * WIDTH;
      for (let k = from; k < to; k++) {
        const row = order[k]!;
        const cell = base + column[row]! * WIDTH;
        sums[cell]! += gradient[row]!;
        sums[cell + 1]! += curvature[row]!;
        sums[cell + 2]!++;
      }
    }
    return sums;
  };
  const score = (g: number, h: number): number => (g * g) / (h + settings.lambda);
  const leaf = (at: number, from: number, to: number, histogram: Float64Array): Node => {
    let g = 0;
    let h = 0;
    for (let bin = 0; bin < BINS * WIDTH; bin += WIDTH) {
      g += histogram[bin]!;
      h += histogram[bin + 1]!;
    }
    tree.value[at] = -g / (h + settings.lambda);
    const node: Node = { at, from, to, histogram, gradient: g, curvature: h, gain: 0, feature: -1, cut: 0 };
    const rows = to - from;
    if (rows < 2 * settings.minRows) return node;
    const whole = score(g, h);
    for (let f = 0; f < features.length; f++) {
      let lg = 0;
      let lh = 0;
      let ln = 0;
      const base = f * BINS * WIDTH;
      for (let bin = 0; bin < BINS - 1; bin++) {
        const cell = base + bin * WIDTH;
        if (histogram[cell + 2] === 0) continue;
        lg += histogram[cell]!;
        lh += histogram[cell + 1]!;
        ln += histogram[cell + 2]!;
        if (ln < settings.minRows) continue;
        if (rows - ln < settings.minRows) break;
        const gain = score(lg, lh) + score(g - lg, h - lh) - whole;
        if (gain > node.gain + 1e-9) {
          node.gain = gain;
          node.feature = f;
          node.cut = bin;
        }
      }
    }
    return node;
  };

  const open: Node[] = [leaf(0, 0, order.length, histogramOf(0, order.length))];
  let used = 1;
  for (let leaves = 1; leaves < settings.leaves; leaves++) {
    let best = -1;
    for (let k = 0; k < open.length; k++) if (open[k]!.gain > 0 && (best < 0 || open[k]!.gain > open[best]!.gain)) best = k;
    if (best < 0) break;
    const node = open[best]!;
    const column = columns[features[node.feature]!]!;
    let middle = node.from;
    let rest = 0;
    for (let k = node.from; k < node.to; k++) {
      const row = order[k]!;
      if (column[row]! <= node.cut) order[middle++] = row;
      else spare[rest++] = row;
    }
    order.set(spare.subarray(0, rest), middle);
    const small = middle - node.from <= node.to - middle;
    const counted = small ? histogramOf(node.from, middle) : histogramOf(middle, node.to);
    const other = node.histogram;
    for (let k = 0; k < size; k++) other[k]! -= counted[k]!;
    const left = used++;
    const right = used++;
    tree.feature[node.at] = features[node.feature]!;
    tree.cut[node.at] = node.cut;
    tree.left[node.at] = left;
    tree.right[node.at] = right;
    open[best] = leaf(left, node.from, middle, small ? counted : other);
    open.push(leaf(right, middle, node.to, small ? other : counted));
  }
  return {
    feature: tree.feature.slice(0, used),
    cut: tree.cut.slice(0, used),
    left: tree.left.slice(0, used),
    right: tree.right.slice(0, used),
    value: tree.value.slice(0, used),
  };
}

/** The value of the leaf that a row falls into. */
export function valueOf(tree: Tree, binOf: (feature: number) => number): number {
  let at = 0;
  while (tree.feature[at]! >= 0) at = binOf(tree.feature[at]!) <= tree.cut[at]! ? tree.left[at]! : tree.right[at]!;
  return tree.value[at]!;
}
