import { randomUUID } from 'node:crypto';
import { type ActionDone, type AlertStep } from '@pharos/contract';
import { type AlertAct, type AlertCase, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { type Caller, type RequestState } from '../http/caller.js';
import { notFound } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';
import { type Names } from '../people/names.js';
import { readsNotes } from '../rules/rules.js';
import { type Clock } from '../tokens.js';
import { type ActContext } from './acts.js';
import { alertSummary, type AlertWords, peopleIn, usersIn } from './alert-view.js';
import { historyView, namedIn, sealedNotes, UNDO_MS } from './history-view.js';
import { refusalOf, whatHappened } from './refusals.js';
import { type WordsOf } from './words-of.js';

/** What a person asks of an alert, once its note is sealed. */
export interface Ask {
  readonly alert: string;
  /** The version that the person saw; undefined where it does not matter (taking one's own act back). */
  readonly version?: number;
  readonly note?: string | undefined;
  readonly act: (context: ActContext) => AlertAct;
}

/** Where alerts are looked at and acted on: permission first, then one registry transaction, then the view. */
export class AlertDesk {
  constructor(
    private readonly registry: Registry,
    private readonly vault: Vault,
    private readonly access: LearnerAccess,
    private readonly names: Names,
    private readonly wordsOf: WordsOf,
    private readonly now: Clock,
  ) {}

  /** An alert that the caller may see: of a learner within their scope, or assigned to them. @throws Refusal not-found otherwise */
  async find(caller: Caller, id: string): Promise<AlertCase> {
    const alert = await this.registry.tenant(caller.tenant).alertCases.get(id);
    if (!alert) throw notFound();
    if (caller.person !== null && alert.standing.assignee === caller.person && caller.roles.includes('counselor')) return alert;
    const seen = await this.access.among(caller, [alert.latest.learner]);
    if (!seen.has(alert.latest.learner)) throw notFound();
    return alert;
  }

  /** What a view of these cases needs; one reading of names for all of them. */
  async words(
    caller: Caller,
    cases: readonly AlertCase[],
    state: RequestState,
    more: { users?: readonly string[]; people?: readonly string[] } = {},
  ): Promise<AlertWords> {
    const [people, users, rest] = await Promise.all([
      this.names.ofTokens(caller, [...peopleIn(cases), ...(more.people ?? [])], state),
      this.names.ofUsers(caller, [...usersIn(cases), ...(more.users ?? [])], state),
      this.wordsOf(caller),
    ]);
    return { ...rest, people, users, locale: caller.language, now: this.now().toISOString() };
  }

  /** The history of an alert, with its notes opened for those who may read them. */
  async history(
    caller: Caller,
    alert: AlertCase,
    state: RequestState,
  ): Promise<{ readonly steps: readonly AlertStep[]; readonly words: AlertWords }> {
    const history = await this.registry.tenant(caller.tenant).alertCases.history(alert.alert);
    const words = await this.words(caller, [alert], state, namedIn(history));
    const sealed = readsNotes(caller) ? sealedNotes(history) : [];
    const { learner } = alert.latest;
    const opened =
      sealed.length === 0
        ? []
        : await this.vault.unseal(
            caller.tenant,
            sealed.map(({ text }) => ({ learner, text })),
          );
    const notes = new Map(sealed.map(({ index }, i) => [index, opened[i] ?? null]));
    return { steps: historyView(history, notes, words, caller.id), words };
  }

  /** Does what a person asks. Of two at once one wins; the other is told what happened. */
  async act(caller: Caller, ask: Ask, state: RequestState): Promise<ActionDone> {
    const before = await this.find(caller, ask.alert);
    const at = this.now().toISOString();
    const [sealedNote] =
      ask.note === undefined ? [null] : await this.vault.seal(caller.tenant, [{ learner: before.latest.learner, text: ask.note }]);
    const actionId = randomUUID();
    const act = ask.act({ sealedNote: sealedNote ?? null, self: caller.person ?? caller.id, actionId });
    const cases = this.registry.tenant(caller.tenant).alertCases;
    const outcome = await cases.execute({ alert: ask.alert, by: caller.id, at, id: actionId, act }, ask.version);
    if (!outcome.ok) {
      const alert = await cases.get(ask.alert);
      const winner = alert ? whatHappened(outcome, alert).by : caller.id;
      const named = await this.names.ofUsers(caller, [winner], state);
      throw refusalOf(outcome, alert, named.get(winner) ?? { token: winner, name: null });
    }
    const words = await this.words(caller, [outcome.alert], state);
    const undoUntil = act.do === 'withdraw' ? null : new Date(Date.parse(at) + UNDO_MS).toISOString();
    return { alert: alertSummary(outcome.alert, words), action: outcome.facts.at(-1)?.id ?? actionId, undoUntil };
  }
}
