import { inLanguage } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';

/** Where a learner is likely to end: a share of a test over all skills, in words and with its range. */
export function OutlookCard({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const outlook = useQuery({ queryKey: ['learner', learner, 'outlook'], queryFn: ({ signal }) => client.mine.outlook({ params: { learner } }, { signal }) });
  if (outlook.error && !outlook.data) return <Trouble error={outlook.error} again={() => void outlook.refetch()} />;
  const { items = [], test = 0 } = outlook.data ?? {};
  if (items.length === 0) return null;
  const of10 = (share: number): string => formats.number(Math.round(10 * share));
  return (
    <section className="card" aria-labelledby="outlook-title">
      <h2 id="outlook-title">{t('outlook.title')}</h2>
      <p className="about">{t('outlook.about', { test })}</p>
      <ul className="outlooks">
        {items.map(({ subject, title, endsOn, skills, tried, perWeek, now, likely, low, high }) => (
          <li key={subject}>
            <h3>{inLanguage(locale, title)}</h3>
            <p>{t('outlook.likely', { likely: of10(likely), low: of10(low), high: of10(high), on: formats.day(endsOn) })}</p>
            <div className="outlook-bar" aria-hidden="true">
              <span className="range" style={{ insetInlineStart: `${100 * low}%`, inlineSize: `${100 * (high - low)}%` }} />
              <span className="now" style={{ insetInlineStart: `${100 * now}%` }} />
              <span className="likely" style={{ insetInlineStart: `${100 * likely}%` }} />
            </div>
            <p className="small muted">
              {t('outlook.now', { now: of10(now) })} {t('outlook.pace', { count: Math.round(perWeek) })} {t('outlook.tried', { tried: formats.number(tried), skills: formats.number(skills) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
} // prettier-ignore
