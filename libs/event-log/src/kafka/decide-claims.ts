import { type Claim, type ClaimResult } from '../event-log.js';
import { type Line } from './appender.js';
import { type StandingClaim } from './ledger.js';

/** One call of `append` or `appendClaimed`; what became of it is filled in. */
export interface Append {
  readonly lines: readonly (Line & { readonly claim?: Claim })[];
  results: readonly ClaimResult[];
  conflicts: readonly number[];
  /** The facts that claim the same ids are under way elsewhere: to be asked for again. */
  waiting: boolean;
}

/** What is to be done for a group of appends. */
export interface Decision {
  /** Claims that are new. */
  readonly begin: readonly Claim[];
  /** Lines to send, by their place: each once, whoever in the group asks for it. */
  readonly send: readonly (Line & { readonly claim?: Claim })[];
  /** Where each line's answer comes from: a position that stands, or the n-th of the sent. */
  readonly answers: ReadonlyMap<Append, readonly Answer[]>;
}

type Answer =
  | { readonly known: StandingClaim & { readonly recorded: NonNullable<StandingClaim['recorded']> } }
  | { readonly sent: number; readonly first: boolean };

export const claimName = ({ tenant, id }: Pick<Claim, 'tenant' | 'id'>): string => `${tenant.length}:${tenant}${id}`;

/**
 * Decides, in the order of the group, which appends conflict and what is sent for the others. An append that conflicts or
 * has to wait claims nothing.
 *
 * @param standing claims that stand in the ledger
 * @param patient whether pending claims of others are waited for; else equal content is sent again, and the fold drops the second
 */
export function decideClaims(group: readonly Append[], standing: ReadonlyMap<string, StandingClaim>, patient: boolean): Decision {
  const begin: Claim[] = [];
  const send: Decision['send'][number][] = [];
  const answers = new Map<Append, readonly Answer[]>();
  const sentFor = new Map<string, { readonly hash: string; readonly sent: number }>();
  for (const append of group) {
    const within = new Map<string, string>();
    append.conflicts = append.lines.flatMap(({ claim }, index) => {
      if (!claim) return [];
      const name = claimName(claim);
      const hash = standing.get(name)?.hash ?? sentFor.get(name)?.hash ?? within.get(name);
      within.set(name, hash ?? claim.hash);
      return hash === undefined || hash === claim.hash ? [] : [index];
    });
    const pending = append.lines.some(({ claim }) => claim && isPending(standing.get(claimName(claim))));
    // Other content under a claim that is pending may yet win: its appender may be gone, and the claim be released.
    const undecided = append.conflicts.some((index) => isPending(standing.get(claimName(append.lines[index]!.claim!))));
    append.waiting = append.conflicts.length > 0 ? undecided : pending && patient;
    if (append.conflicts.length > 0 || append.waiting) continue;
    const own = append.lines.map((line): Answer => {
      const name = line.claim && claimName(line.claim);
      const stands = name === undefined ? undefined : standing.get(name);
      if (stands?.recorded) return { known: { hash: stands.hash, recorded: stands.recorded } };
      const before = name === undefined ? undefined : sentFor.get(name);
      if (before) return { sent: before.sent, first: false };
      const sent = send.push(line) - 1;
      if (name !== undefined) sentFor.set(name, { hash: line.claim!.hash, sent });
      if (line.claim && !stands) begin.push(line.claim);
      return { sent, first: true };
    });
    answers.set(append, own);
  }
  return { begin, send, answers };
}

const isPending = (claim: StandingClaim | undefined): boolean => claim !== undefined && claim.recorded === undefined;
