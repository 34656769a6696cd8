import { inLanguage } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { ofSubject } from './of-subject.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { Confusing, Gaps, Latest, Ready } from './class-parts.js';
import { Groups } from './groups.js';
import { HeatMap } from './heat-map.js';
import { Paths } from './paths.js';
import { useLiveClass } from './use-live-class.js';
import { WaitingAnswers, WaitingContests } from './waiting.js';
import './class.css';

/** What do they know, who is stuck, what next lesson? One class, live while a lesson runs. */
export function ClassPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/signed-in/class' });
  const navigate = useNavigate();
  const classes = useQuery({ queryKey: ['classes'], queryFn: ({ signal }) => client.teaching.list(undefined, { signal }) });
  const chosen = search.class ?? classes.data?.items.find(({ learners }) => learners > 0)?.class;
  if (classes.error && !classes.data) return <Trouble error={classes.error} again={() => void classes.refetch()} />;
  if (!classes.data) return <Waiting rows={2} height={60} />;
  if (chosen === undefined) return <Empty title={t('class.none')} body={t('class.none-body')} />;
  return (
    <div className="stack">
      <header className="place-head">
        <h1>{t('class.title')}</h1>
      </header>
      <div className="filters no-print">
        <select aria-label={t('class.choose')} value={chosen} onChange={(event) => void navigate({ to: '/class', search: { class: event.target.value } })}>
          {classes.data.items.map((one) => (
            <option key={one.class} value={one.class}>
              {one.title} · {t('class.learners', { count: one.learners })}
            </option>
          ))}
        </select>
        <button type="button" className="quiet" onClick={() => window.print()}>
          {t('class.print')}
        </button>
      </div>
      <Shown key={chosen} id={chosen} subject={search.subject} />
    </div>
  ); // prettier-ignore
}

function Shown({ id, subject }: { readonly id: string; readonly subject: string | undefined }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const navigate = useNavigate();
  const { query, live } = useLiveClass(id);
  if (query.error && !query.data) return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Waiting rows={3} height={60} />;
  const titles = new Map(query.data.skills.map((skill) => [skill.subject, skill.subjectTitle]));
  const subjects = [...titles.keys()];
  const known = ofSubject(query.data, subjects.includes(subject ?? '') ? subject : undefined);
  if (known.skills.length === 0) return <Empty title={t('class.no-answers')} body={t('class.no-answers-body')} />;
  return (
    <>
      {subjects.length > 1 && (
        <div className="segments no-print" role="group" aria-label={t('class.subject')}>
          {[undefined, ...subjects].map((one) => (
            <button
              key={one ?? ''}
              type="button"
              aria-pressed={one === subject}
              onClick={() =>
                void navigate({ to: '/class', search: one === undefined ? { class: id } : { class: id, subject: one }, replace: true })
              }
            >
              {one === undefined ? t('class.all-subjects') : inLanguage(locale, titles.get(one)!)}
            </button>
          ))}
        </div>
      )}
      <HeatMap known={known} live={live} />
      <div className="class-parts">
        <WaitingAnswers />
        <WaitingContests />
        <Groups known={query.data} />
        <Paths known={query.data} />
        <Gaps known={known} />
        <Ready known={known} />
        <Confusing known={known} />
        <Latest known={known} />
      </div>
    </>
  );
}
