import { type FactNamed, type NewFact } from '@pharos/facts';

/** Facts by which an alert's case changes. */
export type AlertFactType =
  | 'AlertRaised' | 'AlertUpdated' | 'AlertAssigned' | 'AlertAcknowledged' | 'InterventionLogged' | 'AlertNoted' | 'AlertSnoozed'
  | 'AlertOverridden' | 'AlertContested' | 'AlertResolved' | 'AlertReopened' | 'ActionWithdrawn' | 'AlertHeld' | 'AlertReleased'; // prettier-ignore
export type NewAlertFact = Extract<NewFact, { type: AlertFactType }>;

export type AlertStatus = 'open' | 'acknowledged' | 'snoozed' | 'contested' | 'overridden' | 'resolved';

/** Statuses in which a concern still waits for someone: there is one such alert for a concern at most. */
export const openStatuses = ['open', 'acknowledged', 'snoozed', 'contested'] as const satisfies readonly AlertStatus[];

/** What an alert says now: the data of its latest raise or update. */
export type RaisedAlert = FactNamed<'AlertRaised'>['data'];

export type CloseCode = FactNamed<'AlertResolved'>['data']['code'];

export interface LoggedIntervention {
  /** Id of the fact. */
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly action: string;
  readonly intervention: string;
  readonly owner: string;
  readonly followUpOn: string | null;
  /** Sealed with the learner's key. */
  readonly note: string | null;
}

/** What people did about it. An action that is withdrawn puts this part back as it was before. */
export interface AlertStanding {
  readonly status: AlertStatus;
  /** Token of the person it is assigned to; the raise names the learner's counselor. */
  readonly assignee: string | null;
  readonly acknowledgedBy: string | null;
  readonly snoozedUntil: string | null;
  readonly closed: { readonly by: string; readonly at: string; readonly code: CloseCode | 'overridden' } | null;
  readonly interventions: readonly LoggedIntervention[];
  readonly notes: number;
}

/** One alert's case, as its facts leave it. */
export interface AlertCase {
  readonly tenant: string;
  readonly alert: string;
  /** Number of facts so far. What an editor saw, to be sent along as `expectedVersion`. */
  readonly version: number;
  /** 1, and one more with each reopening: what deliveries are counted by. */
  readonly raise: number;
  readonly raisedAt: string;
  readonly latest: RaisedAlert;
  readonly standing: AlertStanding;
  /** Alerts that rest on a source gone silent are held: kept, not delivered, until it is back or an admin releases them. */
  readonly heldFor: string | null;
  /** The latest act of a person, which its author may take back for 10 s. */
  readonly lastAct: {
    readonly id: string;
    readonly by: string;
    readonly at: string;
    readonly type: AlertFactType;
    readonly before: AlertStanding;
  } | null;
  readonly lastChange: { readonly by: string; readonly at: string; readonly type: AlertFactType };
}

/** What is asked of an alert. Jobs act as `policy`. */
export type AlertAct =
  | { readonly do: 'raise'; readonly raised: RaisedAlert; readonly heldFor?: string }
  | { readonly do: 'update'; readonly raised: RaisedAlert }
  | { readonly do: 'acknowledge' }
  | { readonly do: 'assign'; readonly to: string }
  | {
      readonly do: 'logIntervention';
      readonly action: string;
      readonly intervention: string;
      readonly owner: string;
      readonly followUpOn: string | null;
      readonly note: string | null;
    }
  | { readonly do: 'note'; readonly action: string; readonly note: string }
  | { readonly do: 'snooze'; readonly until: string }
  | { readonly do: 'override'; readonly reason: string; readonly note: string | null }
  | { readonly do: 'contest'; readonly reason: string; readonly note: string | null }
  | { readonly do: 'resolve'; readonly code: CloseCode; readonly note: string | null }
  | { readonly do: 'reopen'; readonly reason: string }
  /** `action`: id of the fact to take back, which must be the latest act. */
  | { readonly do: 'withdraw'; readonly action: string }
  | { readonly do: 'hold'; readonly source: string }
  | { readonly do: 'release'; readonly reason: string };

export interface AlertCommand {
  readonly tenant: string;
  readonly alert: string;
  /** Id of the user who acts, or `policy`. */
  readonly by: string;
  /** When, by the caller's clock (ISO 8601, UTC). */
  readonly at: string;
  /** Id of the fact that comes of it. Sent twice it acts once. Without it: from alert and version. */
  readonly id?: string;
  readonly act: AlertAct;
}

export type AlertRefusal =
  | 'unknown-alert' // no such alert
  | 'exists' // raised before
  | 'closed' // the act needs an open concern
  | 'not-closed' // only a closed one can be reopened
  | 'already' // it stands so already
  | 'not-author'
  | 'too-late'
  | 'superseded' // something happened after the act that is to be taken back
  | 'invalid';

export type AlertDecision =
  | { readonly ok: true; readonly facts: readonly NewAlertFact[] }
  | { readonly ok: false; readonly refused: AlertRefusal; readonly reason: string };
