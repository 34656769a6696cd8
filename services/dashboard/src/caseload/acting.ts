import {
  actionInWords,
  type ActionDone,
  alertStatuses,
  type AlertStep,
  type AlertSummary,
  type Conflict,
  type Locale,
  say,
} from '@pharos/contract';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { client, isProblem } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { type Act, foretell } from './foretell.js';
import { changeAlert, type Pages } from './pages.js';

/** Sends an act to the server with the version that the person saw. */
export function send(alert: string, version: number, act: Act): Promise<ActionDone> {
  const params = { alert };
  switch (act.do) {
    case 'acknowledge':
      return client.alerts.acknowledge({ params, body: { version } });
    case 'assign':
      return client.alerts.assign({ params, body: { version, to: act.to } });
    case 'intervene': {
      const { intervention, followUpOn } = act;
      return client.alerts.intervene({ params, body: { version, intervention, followUpOn, ...(act.note ? { note: act.note } : {}) } });
    }
    case 'snooze':
      return client.alerts.snooze({ params, body: { version, until: act.until } });
    case 'override':
      return client.alerts.override({ params, body: { version, reason: act.reason, ...(act.note ? { note: act.note } : {}) } });
    case 'resolve':
      return client.alerts.resolve({ params, body: { version, code: act.code, ...(act.note ? { note: act.note } : {}) } });
    case 'note':
      return client.alerts.note({ params, body: { version, note: act.note } });
    default:
      return act satisfies never;
  }
}

/** Facts whose words need nothing but who and when; a conflict does not tell more. */
const wordedByThemselves = [
  'AlertRaised',
  'AlertUpdated',
  'AlertAcknowledged',
  'AlertNoted',
  'ActionWithdrawn',
  'AlertHeld',
  'AlertReleased',
];

/** Who was first and when, and what they did or how the alert is now: what the loser of a race is told. */
export function conflictInWords(t: TFunction<'page'>, locale: Locale, conflict: Conflict, moment: (instant: string) => string): string {
  const at = moment(conflict.at);
  const status = alertStatuses.find((one) => one === conflict.status);
  if (status && !wordedByThemselves.includes(conflict.what)) {
    const who = conflict.by.name ?? say(locale, 'who.unnamed');
    return t('conflict.now', { who, at, status: say(locale, `status.${status}`) });
  }
  const unsaid = { to: null, intervention: null, followUpOn: null, until: null, code: null, note: null, withdrawn: false, undoUntil: null };
  const step: AlertStep = { action: '', type: conflict.what, at: conflict.at, by: conflict.by, ...unsaid };
  return say(locale, 'conflict.first', { did: actionInWords(locale, step, moment), at });
}

const caseloads = { queryKey: ['caseload'] } as const;

interface Doing {
  readonly alert: AlertSummary;
  readonly act: Act;
}

async function changeNow(queries: QueryClient, alert: string, change: (alert: AlertSummary) => AlertSummary): Promise<void> {
  await queries.cancelQueries(caseloads);
  queries.setQueriesData<Pages>(caseloads, (pages) => pages && changeAlert(pages, alert, change));
}

/**
 * Acting on an alert: the list answers at once, the server's word replaces what was foretold, a line offers to take it back
 * for as long as the server allows, and a lost race is told in words with the list as it now is.
 */
export function useActing() {
  const { t } = useTranslation();
  const { session, locale, formats } = useReader();
  const queries = useQueryClient();
  const me = { token: session.person ?? session.user, name: session.name };
  const refresh = async (alert: string) => {
    await Promise.all([
      queries.invalidateQueries(caseloads),
      queries.invalidateQueries({ queryKey: ['alert', alert] }),
      queries.invalidateQueries({ queryKey: ['learner'] }),
    ]);
  };
  const undo = async (alert: AlertSummary, action: string) => {
    try {
      await client.alerts.withdraw({ params: { alert: alert.alert }, body: { action } });
      tell({ text: t('toast.undone'), tone: 'done', until: null, undo: null });
    } catch (error) {
      tell({ text: isProblem(error, 'too-late') ? t('toast.too-late') : t('toast.not-undone'), tone: 'trouble', until: null, undo: null });
    }
    await refresh(alert.alert);
  };
  return useMutation({
    mutationFn: ({ alert, act }: Doing) => send(alert.alert, alert.version, act),
    onMutate: async ({ alert, act }: Doing) => {
      const before = queries.getQueriesData<Pages>(caseloads);
      await changeNow(queries, alert.alert, (one) => foretell(one, act, me, new Date().toISOString()));
      return { before };
    },
    onSuccess: async (done, { alert, act }) => {
      await changeNow(queries, alert.alert, () => done.alert);
      const who = alert.learner.name ?? t('person.unnamed');
      const takeBack = done.undoUntil === null ? null : () => void undo(alert, done.action);
      tell({
        text: t(`done.${act.do}`, { who }),
        tone: 'done',
        until: done.undoUntil === null ? null : Date.parse(done.undoUntil),
        undo: takeBack,
      });
      await queries.invalidateQueries({ queryKey: ['alert', alert.alert] });
      await queries.invalidateQueries({ queryKey: ['learner'] });
    },
    onError: async (error, { alert }, kept) => {
      for (const [key, pages] of kept?.before ?? []) queries.setQueryData(key, pages);
      const conflict = isProblem(error, 'conflict') ? error.problem.conflict : undefined;
      tell({
        text: conflict ? conflictInWords(t, locale, conflict, formats.moment) : t('toast.not-done'),
        tone: 'trouble',
        until: null,
        undo: null,
      });
      await refresh(alert.alert);
    },
  });
}
