import { type ConfusingItem } from '@pharos/contract';
import { type GivenAnswer } from '../questions/answers.js';
import { type Shelf } from '../practice/content-shelf.js';

const FEWEST_ANSWERS = 4;
const FEWEST_FOR_DISCRIMINATION = 8;
const SHOWN = 8;

/**
 * Items that confuse a class: at least four answers, at most six in ten right; hardest first. First answers of each learner only, and none
 * that the platform calls a later try: those follow a hint.
 *
 * Discrimination is the share right among the better half of the class less that among the other half (upper-lower index,
 * Kelley 1939, with halves because classes are small): near zero or below, the item itself may be at fault.
 */
export function confusingItems(answers: readonly GivenAnswer[], shelf: Shelf): readonly Omit<ConfusingItem, 'wrong'>[] {
  const first = new Map<string, GivenAnswer>();
  for (const answer of answers) {
    const key = JSON.stringify([answer.activity, answer.learner]);
    if (shelf.skillOf(answer.activity) !== undefined && (answer.attempt ?? 1) === 1 && !first.has(key)) first.set(key, answer);
  }
  const all = [...first.values()];
  const totals = new Map([...Map.groupBy(all, ({ learner }) => learner)].map(([learner, own]) => [learner, shareRight(own)]));
  return [...Map.groupBy(all, ({ activity }) => activity)]
    .filter(([, given]) => given.length >= FEWEST_ANSWERS && shareRight(given) <= 0.6)
    .map(([item, given]) => ({
      item,
      skill: shelf.skillOf(item)!,
      question: shelf.itemById.get(item)?.question ?? null,
      answers: given.length,
      right: shareRight(given),
      discrimination: given.length < FEWEST_FOR_DISCRIMINATION ? null : discrimination(given, totals),
    }))
    .sort((a, b) => a.right - b.right || b.answers - a.answers || (a.item < b.item ? -1 : 1))
    .slice(0, SHOWN);
}

const shareRight = (given: readonly GivenAnswer[]): number => given.filter(({ correct }) => correct).length / given.length;

function discrimination(given: readonly GivenAnswer[], totals: ReadonlyMap<string, number>): number {
  const ranked = [...given].sort((a, b) => totals.get(a.learner)! - totals.get(b.learner)! || (a.learner < b.learner ? -1 : 1));
  const half = Math.floor(ranked.length / 2);
  return shareRight(ranked.slice(-half)) - shareRight(ranked.slice(0, half));
}
