import { type Timeline } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { weeksOf } from './weeks.js';

/** How effort went over the last weeks: days with something done, and what was practised. */
export function MyEffort({ timeline }: { readonly timeline: Timeline }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const weeks = weeksOf(timeline.activity, formats.dayAt(useNow(60_000)));
  if (weeks.every(({ days }) => days === 0)) return null;
  return (
    <section className="card" aria-labelledby="me-effort">
      <h2 id="me-effort">{t('me.effort')}</h2>
      <p className="about">{t('me.effort-about')}</p>
      <table className="effort">
        <thead>
          <tr>
            <th scope="col">{t('me.week')}</th>
            <th scope="col">{t('me.days')}</th>
            <th scope="col" className="number">
              {t('me.practised')}
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ monday, days, practice }) => (
            <tr key={monday}>
              <th scope="row">{formats.shortDay(monday)}</th>
              <td>
                <span className="days" aria-hidden="true">
                  {Array.from({ length: 7 }, (_, day) => (
                    <span key={day} data-on={day < days} />
                  ))}
                </span>
                <span className="only-read">{formats.number(days)}</span>
              </td>
              <td className="number">{formats.number(practice)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
