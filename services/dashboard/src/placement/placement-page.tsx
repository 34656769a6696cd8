import { inLanguage, isPlacementOver, type Placement } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { PlacementItem } from './placement-item.js';
import { PlacementReport } from './placement-report.js';
import '../mastery/mastery.css';
import '../practice/practice.css';
import './placement.css';

/** A short test that finds where to begin: one question at a time, no verdict on the way, gone on with where it was left. */
export function PlacementPage() {
  const { t } = useTranslation();
  const { locale, session } = useReader();
  const queries = useQueryClient();
  const learner = session.learners[0];
  const params = { learner: learner ?? '' };
  const key = ['learner', learner, 'placement'];
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => client.placement.get({ params }, { signal }), enabled: learner !== undefined });
  const keepNew = (placement: Placement) => {
    queries.setQueryData(key, placement);
    // What was found changes what is known and what comes next.
    if (isPlacementOver(placement)) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'learner' || queryKey[0] === 'practice' });
  };
  const trouble = () => {
    tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null });
    void queries.invalidateQueries({ queryKey: key });
  };
  const start = useMutation({ mutationFn: (subject: string) => client.placement.start({ params, body: { subject } }), onSuccess: keepNew, onError: trouble });
  const answer = useMutation({
    mutationFn: ({ assessment, ...body }: { assessment: string; item: string; response: string; seconds: number }) => client.placement.answer({ params: { ...params, assessment }, body }),
    onSuccess: keepNew,
    onError: trouble,
  });
  if (learner === undefined) return <Empty title={t('me.nobody')} body={t('me.nobody-body')} />;
  if (found.error && !found.data) return <Trouble error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Waiting rows={2} height={60} />;
  const { assessment, subject, title, asked, most, next, report, choices } = found.data;
  return (
    <div className="stack placement">
      <header className="place-head">
        <h1>{t('placement.title')}</h1>
      </header>
      {next !== null && assessment !== null && title !== null && (
        <>
          <p className="about">{t('placement.on-the-way', { subject: inLanguage(locale, title), number: asked + 1, most })}</p>
          <progress value={asked} max={most} aria-label={t('placement.on-the-way', { subject: inLanguage(locale, title), number: asked + 1, most })} />
          <PlacementItem key={next.item} item={next} pending={answer.isPending} onAnswer={(given) => answer.mutate({ assessment, item: next.item, ...given })} />
          <p className="small muted">{t('placement.resume')}</p>
        </>
      )}
      {report !== null && title !== null && <PlacementReport learner={learner} report={report} title={title} asked={asked} />}
      {next === null && (
        <section className="card" aria-labelledby="placement-start">
          <h2 id="placement-start">{t(report === null ? 'placement.start-title' : 'placement.again-title')}</h2>
          <p className="about">{t(choices.length === 0 ? 'placement.no-choices' : 'placement.about', { most })}</p>
          <div className="practice-acts">
            {choices.map((choice) => (
              <button key={choice.subject} type="button" className={report === null || choice.subject !== subject ? 'primary' : undefined} disabled={start.isPending} onClick={() => start.mutate(choice.subject)}>
                {t('placement.start', { subject: inLanguage(locale, choice.title) })}
              </button>
            ))}
            <Link to="/practice" className="button">{t('placement.to-practice')}</Link>
          </div>
        </section>
      )}
    </div>
  );
} // prettier-ignore
