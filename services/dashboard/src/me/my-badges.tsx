import { inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';

/** What a learner can show: milestones, a streak that allows rest, and badges that anybody can check. */
export function MyBadges({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { formats, locale, session } = useReader();
  const queries = useQueryClient();
  const key = ['learner', learner, 'badges'];
  const badges = useQuery({ queryKey: key, queryFn: ({ signal }) => client.badges.list({ params: { learner } }, { signal }) });
  const take = useMutation({
    mutationFn: (subject: string) => client.badges.take({ params: { learner }, body: { subject } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  if (!badges.data) return null;
  const { items, ready, streak, milestones } = badges.data;
  if (items.length === 0 && ready.length === 0 && milestones.length === 0 && (streak?.days ?? 0) === 0) return null;
  return (
    <section className="card" aria-labelledby="me-badges">
      <h2 id="me-badges">{t('badges.title')}</h2>
      {streak !== null && streak.days > 0 && (
        <p>
          {t('badges.streak', { count: streak.days })} <span className="small muted">{t('badges.rests', { count: streak.restsLeft })}</span>
        </p>
      )}
      <ul className="reasons">
        {milestones.map(({ kind, reached, next }) => (
          <li key={kind}>
            {t(`badges.milestone-${kind}`, { reached: formats.number(reached) })}
            {next !== null && <span className="small muted"> {t('badges.next', { next: formats.number(next) })}</span>}
          </li>
        ))}
        {items.map(({ badge, title, awardedAt, revoked, url }) => (
          <li key={badge}>
            <a href={url}>{t('badges.badge', { name: inLanguage(locale, title) })}</a> <span className="small muted">{revoked ? t('badges.revoked') : formats.day(awardedAt.slice(0, 10))}</span>
          </li>
        ))}
      </ul>
      {mayUse(session, ['learner', 'guardian']) &&
        ready.map(({ subject, title }) => (
          <button key={subject} type="button" className="primary" disabled={take.isPending} onClick={() => take.mutate(subject)}>
            {t('badges.take', { name: inLanguage(locale, title) })}
          </button>
        ))}
    </section>
  );
} // prettier-ignore
