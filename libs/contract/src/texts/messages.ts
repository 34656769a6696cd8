/** A number, or null where it is not known. */
type Known = number | null;

/** A gap of so many of 100, of whom, and whether it can be chance. */
interface GapParams {
  per100: Known;
  whom: string;
  chance: string;
}

/** Every message with its params: what `en.ts` and `es.ts` must word. Percentages are 0 to 100, `of10` is 0 to 10. */
export interface MessageParams {
  'reason.work-missed': { missed: number; due: number; classMedian: Known };
  'reason.work-late': { late: number; handedIn: number };
  'reason.not-submitted-first': { title: string | null };
  'reason.marks-low': { mean: number; classMedian: Known };
  'reason.marks-falling': { last: number; mean: number };
  'reason.silent-days': { days: number; classMedian: Known };
  'reason.activity-low': { last28: number; classMedian: Known };
  'reason.activity-falling': { last7: number; before: number };
  'reason.attendance-low': { percent: number; absent: number; days: number };
  'reason.incidents': { count: number };
  'reason.grade-failing': { percent: number };
  'reason.late-registration': { days: number };
  'reason.previous-attempts': { count: number };
  'reason.credits-high': { credits: number };
  'reason.wheel-spinning': { skills: number; answers: number };
  'reason.rapid-guessing': { percent: number; answers: number };
  'reason.hints-clicked': { percent: number; answers: number };
  'reason.other': { feature: string; value: number | string | null; classMedian: Known };
  'reason.in-class': { reason: string; class: string };

  'target.not-passing': Record<never, never>;
  'target.course-failure': Record<never, never>;
  'target.chronic-absence': Record<never, never>;
  'that.not-passing': Record<never, never>;
  'that.course-failure': Record<never, never>;
  'that.chronic-absence': Record<never, never>;
  'risk.likely': { target: string; of10: number };
  'risk.possible': { target: string; of10: number };
  'risk.unlikely': { target: string; of10: number };
  'possible.hand-in-missed': { count: number; of10: number };
  'risk.likely-unmeasured': { target: string };
  'risk.possible-unmeasured': { target: string };
  'risk.unlikely-unmeasured': { target: string };

  'sure.held-out': { low: number; high: number; n: number };
  'sure.model': Record<never, never>;
  'sure.rule': Record<never, never>;
  'sure.little-data': Record<never, never>;
  'sure.model-old': Record<never, never>;

  'status.open': Record<never, never>;
  'status.acknowledged': Record<never, never>;
  'status.snoozed': Record<never, never>;
  'status.overridden': Record<never, never>;
  'status.contested': Record<never, never>;
  'status.resolved': Record<never, never>;
  'status.held': Record<never, never>;

  'close.helped': Record<never, never>;
  'close.resolved-itself': Record<never, never>;
  'close.not-needed': Record<never, never>;
  'close.left-school': Record<never, never>;
  'close.risk-stayed-low': Record<never, never>;
  'close.late-answers': Record<never, never>;
  'close.term-ended': Record<never, never>;
  'close.other': Record<never, never>;

  'why.already-supported': Record<never, never>;
  'why.circumstances-known': Record<never, never>;
  'why.circumstances-changed': Record<never, never>;
  'why.data-wrong': Record<never, never>;
  'why.not-helpful': Record<never, never>;
  'why.not-about-me': Record<never, never>;
  'why.disagree': Record<never, never>;
  'why.came-back': Record<never, never>;
  'why.closed-by-mistake': Record<never, never>;
  'why.new-information': Record<never, never>;
  'why.other': Record<never, never>;

  'change.new': { reason: string };
  'change.gone': { reason: string };
  'change.worse': { reason: string };
  'change.better': { reason: string };

  'action.AlertRaised': Record<never, never>;
  'action.AlertUpdated': Record<never, never>;
  'action.AlertAssigned': { who: string; to: string };
  'action.AlertAcknowledged': { who: string };
  'action.InterventionLogged': { who: string; intervention: string };
  'action.AlertNoted': { who: string };
  'action.AlertSnoozed': { who: string; until: string };
  'action.AlertOverridden': { who: string; why: string };
  'action.AlertContested': { who: string; why: string };
  'action.AlertResolved': { who: string; code: string };
  'action.AlertReopened': { who: string; why: string };
  'action.ActionWithdrawn': { who: string };
  'action.AlertHeld': Record<never, never>;
  'action.AlertReleased': { who: string };
  'who.system': Record<never, never>;
  'who.unnamed': Record<never, never>;
  'conflict.first': { did: string; at: string };

  'finding.at-risk-up': { now: number; before: number; enrolled: number; where: string };
  'finding.at-risk-down': { now: number; before: number; enrolled: number; where: string };
  'finding.at-risk-steady': { now: number; enrolled: number };
  'finding.activity-down': { active: number; before: number; where: string };
  'finding.no-scores': Record<never, never>;
  'finding.no-data': Record<never, never>;

  'audit.names-more': GapParams;
  'audit.names-fewer': GapParams;
  'audit.misses-more': GapParams & { outcome: string };
  'audit.misses-fewer': GapParams & { outcome: string };
  'audit.false-alarms-more': GapParams & { outcome: string };
  'audit.false-alarms-fewer': GapParams & { outcome: string };
  'audit.wrong-more-often': GapParams;
  'audit.wrong-less-often': GapParams;
  'audit.no-gap-shown': { attribute: string; smallest: Known };
  'audit.small-groups-pooled': { attribute: string; groups: string };
  'audit.too-few-to-judge': { attribute: string; groups: string | null };
  'audit.not-chance': Record<never, never>;
  'audit.can-be-chance': { smallest: Known };
  'outcome.not-passing': Record<never, never>;
  'outcome.not-passing-no': Record<never, never>;
  'outcome.course-failure': Record<never, never>;
  'outcome.course-failure-no': Record<never, never>;
  'outcome.chronic-absence': Record<never, never>;
  'outcome.chronic-absence-no': Record<never, never>;
  'outcome.other': Record<never, never>;
  'outcome.other-no': Record<never, never>;
  'whom.other': { attribute: string; group: string };
  'whom.not-declared': { attribute: string };
  'whom.small-groups': { attribute: string };
  'whom.disability-yes': Record<never, never>;
  'whom.disability-no': Record<never, never>;
  'whom.gender-f': Record<never, never>;
  'whom.gender-m': Record<never, never>;
  'whom.economically-disadvantaged-yes': Record<never, never>;
  'whom.economically-disadvantaged-no': Record<never, never>;
  'whom.english-learner-yes': Record<never, never>;
  'whom.english-learner-no': Record<never, never>;
  'whom.imd-band': { group: string };
  'whom.age-band': { group: string };
  'value.yes': Record<never, never>;
  'value.no': Record<never, never>;
  'value.f': Record<never, never>;
  'value.m': Record<never, never>;
  'value.not-declared': Record<never, never>;
  'value.small-groups': Record<never, never>;
  'attribute.disability': Record<never, never>;
  'attribute.gender': Record<never, never>;
  'attribute.economically-disadvantaged': Record<never, never>;
  'attribute.english-learner': Record<never, never>;
  'attribute.imd-band': Record<never, never>;
  'attribute.age-band': Record<never, never>;
  'attribute.crossed': { one: string; other: string };

  'mail.alert.subject': Record<never, never>;
  'mail.alert.body': { link: string; due: string };
  'mail.digest.subject': { count: number };
  'mail.digest.body': { count: number; link: string };
  'mail.concern.subject': Record<never, never>;
  'mail.concern.body': { link: string };
  'mail.silence.subject': Record<never, never>;
  'mail.silence.body': { link: string };
  'mail.letter.subject': { week: string };
  'mail.letter.class': { learners: number; active: number; answers: number; gained: number; ready: number; waiting: number };
  'mail.letter.gaps': Record<never, never>;
  'mail.letter.gap': { skill: string; weak: number; tried: number };
  'mail.letter.open': { link: string };
  'mail.nudge.subject': { reason: string };
  'mail.nudge.body': { reason: string; link: string };
  'mail.nudge.footer': Record<never, never>;
  'mail.footer': Record<never, never>;
}

export type MessageKey = keyof MessageParams;
/** A catalogue of texts: ICU messages by key. */
export type Messages = Readonly<Record<MessageKey, string>>;
