import { type GroupFigures, valueInWords } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';

interface Plot {
  readonly groups: readonly GroupFigures[];
  readonly metric: string;
  /** The whole's rate: where every group would stand if groups did not matter. */
  readonly whole: number | null;
  readonly title: string;
}

/** Each group's rate as a dot in its interval, beside the rate of all. The same figures stand in the table below. */
export function IntervalPlot({ groups, metric, whole, title }: Plot) {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const shown = groups.filter((group) => group.metrics[metric]?.value !== null && group.metrics[metric] !== undefined);
  if (shown.length < 2) return null;
  const ends = shown.flatMap(({ metrics }) => [metrics[metric]!.low ?? metrics[metric]!.value!, metrics[metric]!.high ?? metrics[metric]!.value!]);
  const low = Math.max(0, Math.floor((Math.min(...ends, whole ?? 1) - 0.02) * 20) / 20);
  const high = Math.min(1, Math.ceil((Math.max(...ends, whole ?? 0) + 0.02) * 20) / 20);
  const at = (share: number): string => `${(100 * (Math.min(high, Math.max(low, share)) - low)) / (high - low)}%`;
  return (
    <div className="intervals" role="img" aria-label={title}>
      {shown.map(({ group, metrics }) => {
        const { value, low: from, high: to } = metrics[metric]!;
        return (
          <div key={group} className="interval-row">
            <span className="interval-name">{valueInWords(locale, group)}</span>
            <span className="interval-track">
              {whole !== null && <span className="interval-whole" style={{ insetInlineStart: at(whole) }} />}
              {from !== null && to !== null && <span className="interval-bar" style={{ insetInlineStart: at(from), insetInlineEnd: `calc(100% - ${at(to)})` }} />}
              <span className="interval-dot" style={{ insetInlineStart: at(value!) }} />
            </span>
            <span className="interval-value">{formats.percent(value!)}</span>
          </div>
        );
      })}
      <div className="interval-row interval-axis">
        <span className="interval-name" />
        <span className="interval-track">
          <span>{formats.percent(low)}</span>
          {whole !== null && <span className="interval-all" style={{ insetInlineStart: at(whole) }}>{t('audit.all-at', { share: formats.percent(whole) })}</span>}
          <span>{formats.percent(high)}</span>
        </span>
        <span className="interval-value" />
      </div>
    </div>
  );
} // prettier-ignore
