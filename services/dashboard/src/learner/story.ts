import { actionInWords, type Locale, riskInWords, type RiskHistory, type Timeline } from '@pharos/contract';
import { type TFunction } from 'i18next';
import { type Formats } from '../app/format.js';

/** Lanes of the story, from top to bottom, all on one time axis. */
export const lanes = ['risk', 'activity', 'work', 'attendance', 'people'] as const;
export type Lane = (typeof lanes)[number];

/** How a moment is drawn; each tone has a shape of its own, so that colour is not needed to tell them apart. */
export type Tone = 'plain' | 'good' | 'late' | 'missed' | 'waiting' | 'act';

export interface Moment {
  readonly lane: Lane;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Height within the lane: 0 to 1, activities for `activity`. */
  readonly value: number;
  readonly tone: Tone;
  readonly text: string;
}

export interface RiskLine {
  readonly title: string;
  readonly points: readonly { readonly at: number; readonly rate: number; readonly text: string }[];
}

export interface Story {
  readonly from: number;
  readonly to: number;
  readonly risks: readonly RiskLine[];
  readonly moments: readonly Moment[];
}

interface Telling {
  readonly t: TFunction<'page'>;
  readonly locale: Locale;
  readonly formats: Formats;
  readonly target: string;
  readonly titleOf: (klass: string) => string;
}

// A day without an hour is drawn at its noon, so that it stands in the middle of the day in every time zone.
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

const workTone = { 'on-time': 'good', late: 'late', missed: 'missed', waiting: 'waiting' } as const;

/** Puts what happened to a learner, and what people did about it, on one time axis, each moment in words. */
export function storyOf(timeline: Timeline, history: RiskHistory, { t, locale, formats, target, titleOf }: Telling): Story {
  const work = timeline.work.map((item): Moment => {
    const at = item.handedInAt && item.state !== 'missed' ? Date.parse(item.handedInAt) : noon(item.dueOn ?? timeline.to);
    const mark = item.mark === null ? '' : `, ${t('story.mark', { mark: formats.percent(item.mark) })}`;
    return { lane: 'work', at, value: item.mark ?? (item.state === 'missed' ? 0 : 0.5), tone: workTone[item.state], text: `${item.title}: ${t(`story.work-${item.state}`)}${mark}` };
  });
  const grades = timeline.grades.map((grade): Moment => ({
    lane: 'work', at: noon(grade.day), value: grade.percent / 100, tone: grade.passing ? 'plain' : 'missed',
    text: t(grade.passing ? 'story.grade' : 'story.grade-failing', { percent: formats.number(grade.percent), where: titleOf(grade.class) }),
  }));
  const activity = timeline.activity.map((day): Moment => ({
    lane: 'activity', at: noon(day.day), value: day.events, tone: 'plain', text: t('story.activity', { count: day.events }),
  }));
  const attendance = timeline.attendance.map((one): Moment => ({
    lane: 'attendance', at: noon(one.day), value: 0.5, tone: one.status === 'absent' ? 'missed' : one.status === 'late' ? 'late' : one.status === 'excused' ? 'waiting' : 'good',
    text: t(`story.attendance-${one.status}`),
  }));
  const incidents = timeline.incidents.map((one): Moment => ({ lane: 'attendance', at: noon(one.day), value: 0.9, tone: 'act', text: t(`story.incident-${one.severity}`) }));
  const people = timeline.alerts
    .filter(({ step }) => !step.withdrawn)
    .map(({ step }): Moment => ({ lane: 'people', at: Date.parse(step.at), value: step.by ? 0.3 : 0.75, tone: step.by ? 'act' : 'waiting', text: actionInWords(locale, step, formats.moment) }));
  const classes = [...new Set(history.points.map((point) => point.class))];
  const risks = classes.map((klass) => ({
    title: titleOf(klass),
    points: history.points
      .filter((point) => point.class === klass)
      .map((point) => ({ at: Date.parse(point.asOf), rate: point.heldOut?.rate ?? point.probability, text: riskInWords(locale, { target, probability: point.probability, heldOut: point.heldOut }) })),
  }));
  // A score of this very afternoon is still part of the story.
  const to = Math.max(noon(timeline.to), ...risks.flatMap(({ points }) => points.map(({ at }) => at)));
  return { from: noon(timeline.from), to, risks, moments: [...activity, ...work, ...grades, ...attendance, ...incidents, ...people] };
} // prettier-ignore
