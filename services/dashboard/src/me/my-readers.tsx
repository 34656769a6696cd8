import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Trouble } from '../parts/trouble.js';

/** Who looked at a learner's data: by role, for what, how often and when last. Each look is a fact. */
export function MyReaders({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const now = useNow();
  const reads = useQuery({ queryKey: ['learner', learner, 'reads'], queryFn: ({ signal }) => client.mine.reads({ params: { learner } }, { signal }) });
  if (reads.error && !reads.data) return <Trouble error={reads.error} again={() => void reads.refetch()} />;
  if (!reads.data) return null;
  const { items, days } = reads.data;
  return (
    <>
      <h3 className="who">{t('readers.title')}</h3>
      <p className="about">{items.length === 0 ? t('readers.none', { days }) : t('readers.about', { days })}</p>
      {items.length > 0 && (
        <ul className="reasons">
          {items.map(({ who, why, times, last }) => (
            <li key={`${who} ${why}`}>
              {t(`readers.who-${who}`)}: {t(`readers.why-${why}`)} <span className="small muted">{t('readers.times', { count: times, ago: formats.ago(last, now) })}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
} // prettier-ignore
