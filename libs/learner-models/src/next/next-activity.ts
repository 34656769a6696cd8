import { type Standing } from './standing.js';

export interface PracticeSkill {
  readonly skill: string;
  readonly prerequisites: readonly string[];
}

export interface PracticeItem {
  readonly item: string;
  readonly skill: string;
  /** Log odds by which it is harder (positive) or easier than usual for its skill. */
  readonly difficulty: number;
}

/** Why something comes next. Worded where it is shown. */
export type NextReason =
  | { readonly code: 'review-due'; readonly days: number }
  | { readonly code: 'weak'; readonly chance: number; readonly evidence: number }
  | { readonly code: 'ready'; readonly after: readonly string[] }
  | { readonly code: 'going-on'; readonly run: number }
  | { readonly code: 'enrichment' }
  /** It stands on a path that a teacher assigned, or something on it stands on it. */
  | { readonly code: 'assigned'; readonly path: string }
  /** A teacher put it next. */
  | { readonly code: 'teacher' };

export interface NextActivity {
  readonly item: string;
  readonly skill: string;
  readonly chance: number;
  readonly reason: NextReason;
}

export interface NextQuestion {
  readonly skills: readonly PracticeSkill[];
  readonly items: readonly PracticeItem[];
  readonly standings: ReadonlyMap<string, Standing>;
  /** What was done last, latest first. */
  readonly recent: readonly { readonly item: string; readonly skill: string }[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the chance of success should lie. */
  readonly band?: readonly [low: number, high: number];
  /** The learner's word: wants it harder (positive) or easier, in log odds. Reorders among what is ready; opens nothing. */
  readonly wish?: number;
  /** The same by skill, from "too hard" and "too easy". */
  readonly wishes?: ReadonlyMap<string, number>;
  /** Skills and items that the learner likes: they go before their like. They open nothing either. */
  readonly liked?: ReadonlySet<string>;
  /** Paths that teachers assigned: their skills, and what those stand on, go before all others; those of a locked one are the only ones. */
  readonly paths?: readonly { readonly path: string; readonly skills: readonly string[]; readonly locked: boolean }[];
  /** A skill that a teacher put next, ready or not. */
  readonly override?: string;
}

export const SUCCESS_BAND = [0.7, 0.85] as const;
/** Chance from which a skill is no weakness. */
export const READY_AT = 0.7;
/** Chance from which a skill carries the next ones: begun while the one before is still being practised, they are learned in fewer answers. */
const CARRIES_AT = 0.65;
/** Chance from which practice of a skill is a challenge and no need. */
export const MASTERED_AT = 0.8;
/** Chance of somebody who has not tried yet but knows what comes before. */
const NEWCOMER = 0.6;
/** After what is due or weak; before skills that are going on (2 and their chance): something new comes before polishing. */
const READY_RANK = 2;
/** Where needs end and challenges begin. */
const CHALLENGE_RANK = 5;
/** So many in a row of one skill while another needs practice as well ... */
const IN_A_ROW = 2;
/** ... and while none does: then something known is asked again for once. */
const MOST_IN_A_ROW = 6;
const NOT_AGAIN_WITHIN = 12;
const DAY_MS = 86_400_000;

const logit = (chance: number): number => Math.log(chance / (1 - chance));
const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * Chooses what to do next: of the skills that are due for review, weak, or ready to begin (all prerequisites known), in this
 * order, one that was not just practised; of its items one whose chance of success lies nearest to the band, and that was not
 * seen lately. Deterministic: ties go to the smaller id. O(skills + items).
 *
 * @returns in order of preference, one per skill; empty when nothing is ready
 * @example chooseNext({ skills, items, standings, recent: [], now })[0]?.reason // => { code: 'ready', after: ['add-to-10'] }
 */
export function chooseNext(question: NextQuestion): readonly NextActivity[] {
  const { skills, items, recent } = question;
  const seen = new Map(recent.slice(0, NOT_AGAIN_WITHIN).map(({ item }, place) => [item, place]));
  const bySkill = Map.groupBy(items, ({ skill }) => skill);
  const assigned = assignedIn(question);
  const chosen: (NextActivity & { readonly rank: number })[] = [];
  for (const skill of skills) {
    const why = whyNext(skill, question, assigned);
    if (why === undefined) continue;
    const pick = itemOf(bySkill.get(skill.skill) ?? [], question, seen);
    if (pick === undefined) continue;
    const liked = question.liked?.has(skill.skill) ? LIKED_RANK : 0;
    chosen.push({
      ...pick,
      skill: skill.skill,
      reason: why.reason,
      rank: mixed(why.rank - liked, skill.skill, recent),
    });
  }
  chosen.sort((a, b) => a.rank - b.rank || (a.skill < b.skill ? -1 : 1));
  return chosen.map(({ rank: _, ...activity }) => activity);
}

/** Liked goes before its like: less than what lies between two kinds of reason. */
const LIKED_RANK = 0.2;
/** Log odds by which an item that is liked may lie further from the aim. */
const LIKED_ITEM = 0.4;
const OVERRIDE_RANK = -20;
const PATH_RANK = -10;

/** Skills of paths that are still to be learned, and what they stand on, in the order of the path. */
function assignedIn({ skills, paths = [], standings }: NextQuestion): {
  readonly order: ReadonlyMap<string, { readonly place: number; readonly path: string }>;
  readonly locked: boolean;
} {
  const before = new Map(skills.map(({ skill, prerequisites }) => [skill, prerequisites]));
  const left = paths.map((path) => ({ ...path, skills: path.skills.filter((skill) => (standings.get(skill)?.chance ?? 0) < MASTERED_AT) }));
  const open = left.filter((path) => path.skills.length > 0);
  const locked = open.some((path) => path.locked);
  const order = new Map<string, { readonly place: number; readonly path: string }>();
  const visit = (skill: string, path: string): void => {
    if (order.has(skill) || !before.has(skill)) return;
    order.set(skill, { place: order.size, path });
    for (const one of before.get(skill)!) if ((standings.get(one)?.chance ?? 0) < READY_AT) visit(one, path);
  };
  for (const { path, skills: own } of open.filter((one) => !locked || one.locked)) for (const skill of own) visit(skill, path);
  return { order, locked };
}

/**
 * Two in a row of one skill are enough while another needs practice too: mixed practice is remembered longer (Rohrer & Taylor 2007). It goes behind the
 * other needs, and not behind what is known: practising that in between took answers away and left no more known (see the proof in simulation).
 */
function mixed(rank: number, skill: string, recent: NextQuestion['recent']): number {
  if (rank <= OVERRIDE_RANK) return rank;
  const other = recent.findIndex((each) => each.skill !== skill);
  const run = other === -1 ? recent.length : other;
  if (run < IN_A_ROW) return rank;
  // Within an assigned path, whose skills stay before all others.
  if (rank < PATH_RANK + 1) return rank + 1;
  return rank >= CHALLENGE_RANK || run >= MOST_IN_A_ROW ? rank + 10 : CHALLENGE_RANK - 1 + rank / 100;
}

/** A teacher's word before an assigned path, and that before what is due, weak or ready. */
function whyNext(skill: PracticeSkill, question: NextQuestion, { order, locked }: ReturnType<typeof assignedIn>): ReturnType<typeof reasonFor> {
  if (question.override === skill.skill) return { reason: { code: 'teacher' }, rank: OVERRIDE_RANK };
  const usual = reasonFor(skill, question);
  const place = order.get(skill.skill);
  if (usual === undefined || (place === undefined && locked)) return undefined;
  if (place === undefined) return usual;
  return { reason: usual.reason.code === 'review-due' ? usual.reason : { code: 'assigned', path: place.path }, rank: PATH_RANK + place.place / 1_000 };
} // prettier-ignore

function reasonFor({ skill, prerequisites }: PracticeSkill, { standings, now }: NextQuestion): { readonly reason: NextReason; readonly rank: number } | undefined {
  const known = standings.get(skill);
  const missing = prerequisites.filter((before) => (standings.get(before)?.chance ?? 0) < CARRIES_AT);
  if (known === undefined) {
    return missing.length === 0 ? { reason: { code: 'ready', after: prerequisites }, rank: READY_RANK } : undefined;
  }
  const due = known.reviewAt <= now;
  if (due) return { reason: { code: 'review-due', days: Math.floor((now - known.lastAt) / DAY_MS) }, rank: 0 + known.chance };
  if (known.chance < READY_AT) {
    // What it stands on comes first, as a skill of its own: practising the roof does not mend the wall.
    return missing.length > 0 ? undefined : { reason: { code: 'weak', chance: known.chance, evidence: known.evidence }, rank: 1 + known.chance };
  }
  if (known.chance < MASTERED_AT) return { reason: { code: 'going-on', run: known.run }, rank: 2 + known.chance };
  return { reason: { code: 'enrichment' }, rank: CHALLENGE_RANK };
} // prettier-ignore

function itemOf(items: readonly PracticeItem[], question: NextQuestion, seen: ReadonlyMap<string, number>) {
  const { standings, band = SUCCESS_BAND, wishes, liked } = question;
  const middle = (band[0] + band[1]) / 2;
  let best: { readonly item: string; readonly chance: number } | undefined;
  let least = Infinity;
  for (const { item, skill, difficulty } of items) {
    const chance = sigmoid(logit(standings.get(skill)?.chance ?? NEWCOMER) - difficulty);
    const place = seen.get(item);
    // Seen lately only when there is nothing else, and then the one seen longest ago.
    const wish = (question.wish ?? 0) + (wishes?.get(skill) ?? 0);
    const off =
      Math.abs(logit(chance) + wish - logit(middle)) + (place === undefined ? 0 : 100 - place) - (liked?.has(item) ? LIKED_ITEM : 0);
    if (off < least || (off === least && best !== undefined && item < best.item)) {
      best = { item, chance };
      least = off;
    }
  }
  return best;
}
