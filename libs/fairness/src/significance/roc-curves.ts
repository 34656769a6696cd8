/**
 * A group's ROC curve as the pieces that have width, false positive rate rising from 0 to 1: what lies straight up takes no area.
 * The groups of a grouping share their arrays, and use them again for each resample.
 */
export interface RocCurve {
  /** False where the group has one kind of outcome only, and so no curve. */
  exists: boolean;
  /** Where in the arrays its pieces begin, and before which place they end. */
  from: number;
  to: number;
  /** Where each piece ends; it begins where the one before ends. */
  readonly end: Float64Array;
  /** Height at the begin of a piece, and how steeply it rises. */
  readonly height: Float64Array;
  readonly rise: Float64Array;
}

/** The rows of a sample from the highest score down, each group's side by side. */
interface DealtRows {
  readonly score: Float64Array;
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/** Draws the curve of the rows from `from` to before `to`; tied scores give one slanted piece, and level pieces in a row are one. O(rows). */
function drawCurve({ score, positive, negative }: DealtRows, from: number, to: number, curve: RocCurve): void {
  const { end, height, rise } = curve;
  let [positives, negatives, piece] = [0, 0, from];
  let level = false;
  for (let row = from; row < to;) {
    const tied = score[row]!;
    let [up, along] = [0, 0];
    for (; row < to && score[row] === tied; row++) {
      up += positive[row]!;
      along += negative[row]!;
    }
    if (along > 0) {
      if (up > 0 || !level) {
        height[piece] = positives;
        rise[piece] = up / along;
        piece++;
      }
      negatives += along;
      end[piece - 1] = negatives;
    }
    level = up === 0;
    positives += up;
  }
  curve.from = from;
  curve.to = piece;
  curve.exists = positives > 0 && negatives > 0;
  if (!curve.exists) return;
  for (let at = from; at < piece; at++) {
    end[at]! /= negatives;
    height[at]! /= positives;
    rise[at]! *= negatives / positives;
  }
}

/** Draws the curves of the groups that `code` gives, each row as often as its person is to count. */
export type DrawCurves = (code: Int32Array, weight: Int32Array) => readonly RocCurve[];

/**
 * Gets ready to draw the ROC curves of a sample by group, again and again, in the same room. O(n) a time.
 *
 * @param order rows in rising order of score
 * @returns the drawer; what it gives is overwritten when it draws again
 */
export function curveDrawer(
  { label, score, person }: { readonly label: Uint8Array; readonly score: Float64Array; readonly person: Int32Array },
  order: Int32Array,
  groups: number,
): DrawCurves {
  const room = (): Float64Array => new Float64Array(order.length);
  const dealt = { score: room(), positive: room(), negative: room() };
  const shared = { end: room(), height: room(), rise: room() };
  const curves = Array.from({ length: groups }, (): RocCurve => ({ exists: false, from: 0, to: 0, ...shared }));
  const begins = new Int32Array(groups + 1);
  const next = new Int32Array(groups);
  return (code, weight) => {
    begins.fill(0);
    for (let row = 0; row < code.length; row++) begins[code[row]! + 1]! += 1;
    for (let group = 0; group < groups; group++) {
      begins[group + 1]! += begins[group]!;
      next[group] = begins[group]!;
    }
    for (let place = order.length - 1; place >= 0; place--) {
      const row = order[place]!;
      const times = weight[person[row]!]!;
      if (times === 0) continue;
      const at = next[code[row]!]!++;
      dealt.score[at] = score[row]!;
      dealt.positive[at] = times * label[row]!;
      dealt.negative[at] = times - dealt.positive[at];
    }
    for (let group = 0; group < groups; group++) drawCurve(dealt, begins[group]!, next[group]!, curves[group]!);
    return curves;
  };
}
