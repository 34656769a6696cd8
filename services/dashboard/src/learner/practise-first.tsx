import { inLanguage, type Lever } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';

/** The few skills that would change an alert's outlook most, and what to practise first. Nothing where nothing is known of skills. */
export function PractiseFirst({ alert }: { readonly alert: string }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const detail = useQuery({ queryKey: ['alert', alert], queryFn: ({ signal }) => client.alerts.get({ params: { alert } }, { signal }) });
  const levers = detail.data?.practise ?? [];
  if (levers.length === 0) return null;
  return (
    <section className="card" aria-labelledby="practise-title">
      <h2 id="practise-title">{t('practise.title')}</h2>
      <p className="about">{t('practise.about')}</p>
      <ol className="next-steps">
        {levers.map((lever) => (
          <li key={lever.skill}>
            <strong>{inLanguage(locale, lever.title)}</strong> <span className="muted">{inWords(lever)}</span>
          </li>
        ))}
      </ol>
    </section>
  );

  function inWords({ skill, chance, opens, first }: Lever): string {
    const now = chance === null ? t('practise.untried') : t('practise.chance', { of10: Math.round(chance * 10) });
    const parts = [now, ...(opens > 0 ? [t('practise.opens', { count: opens })] : []), ...(first.skill === skill ? [] : [t('practise.first', { skill: inLanguage(locale, first.title) })])];
    return parts.join(' ');
  }
} // prettier-ignore
