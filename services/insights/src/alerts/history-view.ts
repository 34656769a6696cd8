import { type AlertStep } from '@pharos/contract';
import { type AlertHistoryEntry } from '@pharos/registry';
import { type AlertWords, interventionTitle } from './alert-view.js';

/** How long an action can be taken back by its author. */
export const UNDO_MS = 10_000;

const system = new Set(['policy']);

/** Sealed notes of a history, in order, with the entry's place. */
export function sealedNotes(history: readonly AlertHistoryEntry[]): readonly { readonly index: number; readonly text: string }[] {
  return history.flatMap(({ fact }, index) => ('note' in fact.data && fact.data.note !== null ? [{ index, text: fact.data.note }] : []));
}

/** Ids of the users, and tokens of the people, whom a history names. */
export function namedIn(history: readonly AlertHistoryEntry[]): { readonly users: readonly string[]; readonly people: readonly string[] } {
  const users = history.flatMap(({ fact }) => ('by' in fact.data ? [fact.data.by] : []));
  const people = history.flatMap(({ fact }) =>
    fact.type === 'AlertAssigned' ? [fact.data.to] : fact.type === 'InterventionLogged' ? [fact.data.owner] : [],
  );
  return { users, people };
}

/** What of a step depends on its type. */
function particulars(fact: AlertHistoryEntry['fact'], words: AlertWords): Partial<AlertStep> {
  const person = (token: string) => words.people.get(token) ?? { token, name: null };
  switch (fact.type) {
    case 'AlertAssigned':
      return { to: person(fact.data.to) };
    case 'InterventionLogged': {
      const { intervention: id, owner, followUpOn } = fact.data;
      return { intervention: { id, title: interventionTitle(words, id) }, to: person(owner), followUpOn };
    }
    case 'AlertSnoozed':
      return { until: fact.data.until };
    case 'AlertOverridden':
    case 'AlertContested':
    case 'AlertReopened':
      return { code: fact.data.reason };
    case 'AlertResolved':
      return { code: fact.data.code };
    case 'AlertRaised':
    case 'AlertUpdated':
    case 'AlertAcknowledged':
    case 'AlertNoted':
    case 'ActionWithdrawn':
    case 'AlertHeld':
    case 'AlertReleased':
      return {};
  }
}

/**
 * What happened to an alert, oldest first, told step by step. Routine updates by new scores are left out: they say nothing
 * that the reasons do not.
 *
 * @param notes opened notes by place in the history; null for erased learners; missing where the reader may not read them
 * @param by id of the reader: only their own latest act can be undone
 */
export function historyView(
  history: readonly AlertHistoryEntry[],
  notes: ReadonlyMap<number, string | null>,
  words: AlertWords,
  by: string,
): readonly AlertStep[] {
  const withdrawn = new Set(history.flatMap(({ fact }) => (fact.type === 'ActionWithdrawn' ? [fact.data.action] : [])));
  return history.flatMap(({ fact }, index) => {
    if (fact.type === 'AlertUpdated') return [];
    const author = 'by' in fact.data ? fact.data.by : 'policy';
    const undoUntil = new Date(Date.parse(fact.occurredAt) + UNDO_MS).toISOString();
    const undoable = index === history.length - 1 && author === by && fact.type !== 'ActionWithdrawn' && undoUntil > words.now;
    const step: AlertStep = {
      action: fact.id,
      type: fact.type,
      at: fact.occurredAt,
      by: system.has(author) ? null : (words.users.get(author) ?? { token: author, name: null }),
      to: null,
      intervention: null,
      followUpOn: null,
      until: null,
      code: null,
      note: notes.get(index) ?? null,
      withdrawn: withdrawn.has(fact.id),
      undoUntil: undoable ? undoUntil : null,
      ...particulars(fact, words),
    };
    return [step];
  });
}
