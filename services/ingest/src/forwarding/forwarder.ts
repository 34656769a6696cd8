import { type Forward, type Registry } from '@pharos/registry';
import { type Statement, toldIn } from '@pharos/xapi';
import { contentsOf } from '../attachments/attachment-store.js';
import { deadLetter } from '../door/dead-letters.js';
import { type Door } from '../door/door.js';
import { answerStatements, type LoggedStatement } from '../door/read-statement.js';
import { exportPage, positionText, readPosition } from '../exports/export-page.js';
import { identityReadBy } from '../http/identity-read.js';
import { type AttachmentPart } from '../http/multipart.js';
import { isFor } from './filter.js';
import { sendToStore } from './send-to-store.js';
import { type Forwarded, verdictOf } from './verdict.js';

export interface ForwarderOptions {
  readonly door: Door;
  readonly registry: Pick<Registry, 'tenant' | 'tenants' | 'leases'>;
  /** Names this process to others. */
  readonly holder: string;
  /** Posts a signed webhook; the id is the same for every attempt. */
  readonly sendWebhook: (call: {
    readonly url: string;
    readonly secret: string;
    readonly body: string;
    readonly id: string;
    readonly now: Date;
  }) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string; readonly status?: number }>;
}

/** Statements of one batch, and facts that are passed before what was found is sent. */
const BATCH = 100;
const LEASE_MS = 5 * 60_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Failures in a row (an hour and a quarter) after which a target that breaks over statements gets them one by one, for the last time. */
const MOST_STUMBLES = 14;

/** Source of dead letters that a target refused. */
export const FORWARD_SOURCE = 'forward';

/**
 * Brings each target what was stored, in the order of storing, so that what is of one learner keeps its order, too.
 *
 * A target that fails is asked again, ever later, and holds up itself alone. What it refuses for good is set aside, one
 * statement at a time; so is, after a bounded time, what it breaks over. How far it has come is noted only after it has answered, and statements keep their ids: after a lost
 * answer they come a second time under the same ids, which is what ids are for; never otherwise.
 */
export class Forwarder {
  private stopped = false;
  private round: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ForwarderOptions) {}

  /** Looks for what is due again and again. */
  start(everyMs: number, onError: (error: unknown) => void): { stop(): Promise<void> } {
    const again = () => {
      this.round = this.forwardDue()
        .then(() => undefined, onError)
        .finally(() => {
          if (!this.stopped) this.timer = setTimeout(again, everyMs);
        });
    };
    again();
    return {
      stop: () => {
        this.stopped = true;
        clearTimeout(this.timer);
        return this.round;
      },
    };
  }

  /** One round over every target that is due. @returns statements that were taken */
  async forwardDue(): Promise<number> {
    const tenants = await this.options.registry.tenants.list();
    const due = await Promise.all(
      tenants.map(async ({ id }) => (await this.options.registry.tenant(id).forwards.list()).filter((one) => this.isDue(one))),
    );
    const taken = await Promise.all(due.flat().map((one) => this.leased(one)));
    return taken.reduce((sum, each) => sum + each, 0);
  }

  private isDue({ active, nextAttemptAt }: Forward): boolean {
    return active && (nextAttemptAt === null || nextAttemptAt <= this.options.door.now());
  }

  /** One process at a time sends to a target, or two would not keep the order. */
  private async leased(asked: Forward): Promise<number> {
    const { registry, holder } = this.options;
    const lease = await registry.leases.acquire(`forward/${asked.id}`, holder, LEASE_MS);
    if (lease === undefined) return 0;
    try {
      // As it stands now: another may have gone on with it since it was listed.
      const forward = (await registry.tenant(asked.tenant).forwards.list()).find(({ id }) => id === asked.id);
      return forward !== undefined && this.isDue(forward) ? await this.forwardAll(forward) : 0;
    } catch (error) {
      // Its position is of another log: somebody has to look, and other targets go on.
      if (!(error instanceof RangeError)) throw error;
      const { door } = this.options;
      await registry.tenant(asked.tenant).forwards.failed(asked.id, error.message, new Date(door.now().getTime() + LONGEST_WAIT_MS));
      return 0;
    } finally {
      await registry.leases.release(lease);
    }
  }

  private async forwardAll(forward: Forward): Promise<number> {
    const { door, registry } = this.options;
    const { forwards } = registry.tenant(forward.tenant);
    let taken = 0;
    let at = readPosition(forward.position);
    /** Statements that are still sent one by one: one of a refused batch is to blame, and the others are not kept back by it. */
    let alone = 0;
    const lastTime = forward.failures >= MOST_STUMBLES;
    let stumbled = false;
    const until = performance.now() + LEASE_MS / 5;
    while (!this.stopped && performance.now() < until) {
      const page = await exportPage(door.log, forward.tenant, at, alone > 0 ? 1 : BATCH);
      const wanted = page.statements.filter((logged) => isFor(forward.filter, logged));
      const answer: Forwarded = wanted.length === 0 ? { outcome: 'taken' } : await this.send(forward, wanted);
      if (answer.outcome === 'again' || (answer.outcome === 'stumbled' && !lastTime)) {
        const wait = Math.max((answer.retryAfterS ?? 0) * 1_000, waitOf(forward.failures));
        await forwards.failed(forward.id, answer.reason, new Date(door.now().getTime() + wait));
        return taken;
      }
      if (answer.outcome !== 'taken' && wanted.length > 1) {
        alone = BATCH;
        continue;
      }
      if (answer.outcome !== 'taken') await this.setAside(forward, wanted[0]!, answer.reason);
      const counts = answer.outcome === 'taken' ? { sent: wanted.length, setAside: 0 } : { sent: 0, setAside: 1 };
      const position = positionText(page.position);
      if (position !== positionText(at)) await forwards.advance(forward.id, { position, ...counts, stumbling: lastTime });
      stumbled ||= answer.outcome === 'stumbled';
      taken += counts.sent;
      alone = Math.max(0, alone - 1);
      at = page.position;
      if (page.more) continue;
      // A round without a stumble ends the row of failures; until then what it breaks over is not waited with again.
      if (lastTime && !stumbled && taken > 0) await forwards.advance(forward.id, { position, sent: 0, setAside: 0 });
      return taken;
    }
    return taken;
  }

  private async send(forward: Forward, logged: readonly LoggedStatement[]): Promise<Forwarded> {
    const { door } = this.options;
    const { tenant } = forward;
    const answered = await answerStatements(door.vault, tenant, logged, () => forward.withIdentities);
    const shows = [...new Set(answered.flatMap((each) => each.shows))];
    const by = { id: `forward ${forward.id}`, tenant };
    if (shows.length > 0) await door.log.append([identityReadBy(door, by, shows, `forwarded to ${new URL(forward.url).host}`)]);
    const secret = await door.vault.unsealForTenant(tenant, forward.sealedSecret);
    const statements = answered.map(({ statement }) => forwarded(forward, statement));
    return forward.kind === 'xapi'
      ? sendToStore(forward, secret, statements, await this.contentsFor(forward, logged))
      : this.post(forward, secret, statements);
  }

  /** Sealed, as it was sent: the letter may name people. */
  private async setAside({ id, tenant, version }: Forward, logged: LoggedStatement, reason: string): Promise<void> {
    const { door } = this.options;
    const [answered] = await answerStatements(door.vault, tenant, [logged], () => true);
    const bytes = JSON.stringify(toldIn(version, answered!.statement));
    await deadLetter(door, tenant, [{ source: FORWARD_SOURCE, place: `${id}/${logged.id}`, step: 'sendToStore', reason, bytes }]);
  }

  /** What attachments hold is sealed like what people wrote: a target that may not know them gets neither. */
  private contentsFor({ tenant, withIdentities }: Forward, logged: readonly LoggedStatement[]): Promise<readonly AttachmentPart[]> {
    const { attachments, vault } = this.options.door;
    return attachments === undefined || !withIdentities ? Promise.resolve([]) : contentsOf(attachments, vault, tenant, logged);
  }

  private async post(forward: Forward, secret: string, statements: readonly Statement[]): Promise<Forwarded> {
    const call = { url: forward.url, secret, body: JSON.stringify({ statements }), id: statements[0]!.id!, now: this.options.door.now() };
    const posted = await this.options.sendWebhook(call);
    if (posted.ok) return { outcome: 'taken' };
    return posted.status === undefined ? { outcome: 'again', reason: posted.reason } : verdictOf(posted.status, posted.reason);
  }
}

/** 1, 2, 4 … seconds after the n-th failure in a row, and at most a quarter of an hour. */
const waitOf = (failures: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 20));

/** As the target gets it: when it was stored and by whose word are that store's to say. */
function forwarded({ version }: Forward, statement: Statement): Statement {
  const { stored: _stored, authority: _authority, ...rest } = toldIn(version, statement);
  return rest;
}
