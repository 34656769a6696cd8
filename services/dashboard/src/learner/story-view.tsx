import { type LearnerClass, type RiskHistory, type Timeline } from '@pharos/contract';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { storyChart, storyHeight } from '../charts/story-chart.js';
import { type ChartTheme } from '../charts/theme.js';
import { Chart } from '../parts/chart.js';
import { storyOf } from './story.js';

interface View {
  readonly timeline: Timeline;
  readonly history: RiskHistory;
  readonly classes: readonly LearnerClass[];
  /** The class whose risk is in front. */
  readonly first: string | null;
  readonly target: string;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The learner's story as a chart, and the same moments as a table. */
export function StoryView({ timeline, history, classes, first, target }: View) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const story = useMemo(() => {
    const titleOf = (id: string) => classes.find((one) => one.class.id === id)?.class.title ?? id;
    const inFront = { ...history, points: [...history.points].sort((a, b) => Number(b.class === first) - Number(a.class === first) || a.asOf.localeCompare(b.asOf)) };
    return storyOf(timeline, inFront, { t, locale, formats, target, titleOf });
  }, [timeline, history, classes, first, target, t, locale, formats]);
  const option = useCallback(
    (theme: ChartTheme, reduced: boolean, narrow: boolean) =>
      storyChart(
        story,
        {
          lanes: { risk: t('story.lane-risk'), activity: t('story.lane-activity'), work: t('story.lane-work'), attendance: t('story.lane-attendance'), people: t('story.lane-people') },
          likely: t('story.likely'),
          day: (at) => formats.day(dayOf(at)),
          moment: (at) => formats.shortDay(dayOf(at)),
        },
        theme,
        reduced,
        narrow,
      ),
    [story, t, formats],
  );
  const rows = [
    ...story.moments.filter((moment) => !(moment.lane === 'attendance' && moment.tone === 'good')).map(({ at, lane, text }) => ({ at, lane, text })),
    ...story.risks.flatMap((risk) => risk.points.map((point) => ({ at: point.at, lane: 'risk' as const, text: `${risk.title}: ${point.text}` }))),
  ].sort((a, b) => b.at - a.at);
  return (
    <Chart
      title={t('story.title')}
      about={<p className="small">{t('story.about')}</p>}
      height={storyHeight}
      option={option}
      table={{ head: [t('story.day'), t('story.kind'), t('story.what')], rows: rows.map((row) => [formats.day(dayOf(row.at)), t(`story.lane-${row.lane}`), row.text]) }}
    />
  );
} // prettier-ignore
