/** Why somebody is written to. */
export type NudgeReason = 'goal-slipping' | 'comeback' | 'review-due';

/** What choosing a nudge goes by. */
export interface NudgeState {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the learner last answered; null for never. */
  readonly lastAt: number | null;
  /** Skills whose review is due. */
  readonly due: number;
  /** Whether a goal with a date is not reached in time at the present pace. */
  readonly slipping: boolean;
  /** What was decided for the learner in the last seven days, whether or not it was sent. */
  readonly lately: readonly { readonly at: number; readonly reason: NudgeReason }[];
  /** The most that may be decided in seven days. */
  readonly perWeek: number;
}

const DAY_MS = 86_400_000;
/** Who practised since the day before yesterday is at it. */
const AT_IT_MS = 2 * DAY_MS;
/** One skill that is due is no reason to write. */
const FEWEST_DUE = 2;
/** A week without practice is a pause that a word may end; after two months it is a decision of theirs. */
const PAUSE_MS = 7 * DAY_MS;
const GONE_MS = 60 * DAY_MS;
/** Two words on two days in a row would be nagging. */
const BETWEEN_MS = 2 * DAY_MS;

/**
 * The reason for which a learner is written to today, if any: a goal that slips before a pause, a pause before a review. Nobody is written to who practised in
 * the last two days, who never practised, more often than the tenant allows, on two days in a row, or twice for one reason within a week.
 *
 * @example chooseNudge({ now, lastAt: now - 9 * 86_400_000, due: 0, slipping: false, lately: [], perWeek: 2 }) // => 'comeback'
 */
export function chooseNudge({ now, lastAt, due, slipping, lately, perWeek }: NudgeState): NudgeReason | undefined {
  if (lastAt === null || now - lastAt < AT_IT_MS) return undefined;
  if (lately.length >= perWeek || lately.some(({ at }) => now - at < BETWEEN_MS)) return undefined;
  const away = now - lastAt;
  const reasons: readonly (readonly [NudgeReason, boolean])[] = [
    ['goal-slipping', slipping],
    ['comeback', away >= PAUSE_MS && away <= GONE_MS],
    ['review-due', due >= FEWEST_DUE && away <= GONE_MS],
  ];
  return reasons.find(([reason, holds]) => holds && !lately.some((one) => one.reason === reason))?.[0];
}

/**
 * Whether a learner belongs to the group that is never written to. It follows from tenant and learner alone, so it stays the same from day to day and
 * from process to process, and nobody chooses it (FNV-1a, then the finaliser of MurmurHash3, because FNV alone spreads the last letters badly).
 *
 * A larger share keeps everybody who was held out at a smaller one.
 *
 * @param share from 0 to 1
 * @example isHeldOut('district', 'token', 0) // => false
 */
export function isHeldOut(tenant: string, learner: string, share: number): boolean {
  const name = `nudges/${tenant}/${learner}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < share;
}
