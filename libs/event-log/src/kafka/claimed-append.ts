import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, type ClaimResult, LogUnavailable, type Position, type Recorded } from '../event-log.js';
import { type KafkaAppender, type Line, PRODUCE_DEADLINE_MS } from './appender.js';
import { type Append, claimName, type Decision, decideClaims } from './decide-claims.js';
import { type LogLedger, type StandingClaim } from './ledger.js';

/** So long equal content that is under way elsewhere is waited for before it is sent a second time. */
const PATIENCE_MS = 2_000;
/** So long other content under a pending claim is waited for before the caller is told to come again. */
const CONTESTED_MS = 5_000;
const PAUSE_MS = 25;

export interface ClaimedAppendOptions {
  readonly appender: KafkaAppender;
  readonly ledger: LogLedger;
  /** Offsets below which nothing lies that is yet to be sent: one for each partition of these lines. */
  readonly endsOf: (lines: readonly Line[]) => Promise<readonly Position[]>;
}

/**
 * Settles a group of appends: claims what is new, sends it, says where it is. Each append is settled whole or not at all.
 *
 * @throws LogUnavailable when the brokers or the claims did not come round in time; pending claims are settled later
 */
export async function appendGroup(group: readonly Append[], options: ClaimedAppendOptions): Promise<void> {
  const began = performance.now();
  let open = group;
  while (open.length > 0) {
    const waited = performance.now() - began;
    const decision = await begin(open, waited < PATIENCE_MS, options);
    if (decision.send.length > 0) await sendAndSettle(decision, options);
    else for (const [append, answers] of decision.answers) append.results = answers.map((answer) => resultOf(answer, []));
    open = open.filter(({ waiting }) => waiting);
    if (open.length === 0) return;
    if (waited > CONTESTED_MS) {
      throw new LogUnavailable('timeout', 'The same statement id is being recorded elsewhere and is not settled yet; send it again.');
    }
    await sleep(PAUSE_MS);
  }
}

interface Begun extends Decision {
  readonly batch: string | undefined;
  readonly begunAt: number;
}

/** Decides and makes the new claims pending; again from the start where another process came in between. */
async function begin(group: readonly Append[], patient: boolean, { ledger, endsOf }: ClaimedAppendOptions): Promise<Begun> {
  // Nearly always everything is new: then the first attempt saves a question.
  let standing: ReadonlyMap<string, StandingClaim> | undefined;
  for (;;) {
    const decision = decideClaims(group, standing ?? new Map(), patient);
    const begunAt = performance.now();
    if (decision.begin.length === 0 && (standing || !hasClaims(group))) return { ...decision, batch: undefined, begunAt };
    if (decision.begin.length > 0) {
      const batch = { id: randomUUID(), claims: decision.begin, from: await endsOf(decision.send) };
      if (await ledger.begin(batch)) return { ...decision, batch: batch.id, begunAt };
    }
    standing = await standingOf(group, ledger);
  }
}

const hasClaims = (group: readonly Append[]): boolean => group.some(({ lines }) => lines.some(({ claim }) => claim));

async function standingOf(group: readonly Append[], ledger: LogLedger): Promise<ReadonlyMap<string, StandingClaim>> {
  const asked = new Map<string, Claim>();
  for (const { lines } of group) for (const { claim } of lines) if (claim) asked.set(claimName(claim), claim);
  const claims = [...asked.values()];
  const found = await ledger.standing(claims);
  return new Map(claims.flatMap((claim, index) => (found[index] ? [[claimName(claim), found[index]] as const] : [])));
}

async function sendAndSettle(begun: Begun, { appender, ledger }: ClaimedAppendOptions): Promise<void> {
  // A process that was paused here for long has lost its claims to whoever settles them.
  if (performance.now() - begun.begunAt > PRODUCE_DEADLINE_MS) {
    throw new LogUnavailable('timeout', 'This process was stopped for too long in the middle of an append; send it again.');
  }
  let recorded = await appender.append(begun.send);
  const settled = begun.send.flatMap(({ claim }, index) => (claim ? [{ ...claim, recorded: recorded[index]!, index }] : []));
  if (settled.length > 0) {
    const standing = await ledger.settle(settled, begun.batch);
    const final = [...recorded];
    for (const [order, { index }] of settled.entries()) {
      const stands = standing[order]?.recorded;
      if (!stands) throw new LogUnavailable('timeout', 'A claim was released before its fact was recorded; send it again.');
      final[index] = stands;
    }
    recorded = final;
  }
  for (const [append, answers] of begun.answers) append.results = answers.map((answer) => resultOf(answer, recorded));
}

type Answer = Decision['answers'] extends ReadonlyMap<Append, readonly (infer A)[]> ? A : never;

function resultOf(answer: Answer, recorded: readonly Recorded[]): ClaimResult {
  if ('known' in answer) return { status: 'known', ...answer.known.recorded };
  return { status: answer.first ? 'appended' : 'known', ...recorded[answer.sent]! };
}
