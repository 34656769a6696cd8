import { contestReasons, inLanguage, reasonInClass, riskInWords, say } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';
import { Name } from '../parts/name.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { MyBadges } from './my-badges.js';
import { MyEncouragement } from './my-encouragement.js';
import { MyReaders } from './my-readers.js';
import { OutlookCard } from '../learner/outlook-card.js';
import { MyContests } from './my-contests.js';
import { MyEffort } from './my-effort.js';
import { MyGoals } from './my-goals.js';
import { MySkills, NextPractice } from './my-skills.js';
import { MyVoice } from './my-voice.js';
import { useWeek } from '../plan/use-week.js';
import '../learner/learner.css';
import './me.css';

/** What can I do, what now, why? What is known about a learner, as they or their guardian read it. */
export function MePage() {
  const { t } = useTranslation();
  const { session } = useReader();
  if (session.learners.length === 0) return <Empty title={t('me.nobody')} body={t('me.nobody-body')} />;
  return (
    <div className="stack me">
      {session.learners.map((learner) => (
        <Known key={learner} learner={learner} />
      ))}
    </div>
  );
}

function Known({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const params = { learner };
  const profile = useQuery({ queryKey: ['learner', learner, 'profile'], queryFn: ({ signal }) => client.learners.get({ params }, { signal }) });
  const timeline = useQuery({ queryKey: ['learner', learner, 'timeline'], queryFn: ({ signal }) => client.learners.timeline({ params }, { signal }) });
  const { formats } = useReader();
  const week = useWeek(learner);
  if (profile.error && !profile.data) return <Trouble error={profile.error} again={() => void profile.refetch()} />;
  if (!profile.data) return <Waiting rows={2} height={48} />;
  const { alert, reasons, classes } = profile.data;
  const due = week.data?.due;
  const next = due?.[0];
  const because = alert?.reasons ?? reasons;
  return (
    <article className="stack learner">
      <header>
        <h1>
          <Name person={profile.data.learner} />
        </h1>
      </header>
      <section className="card" aria-labelledby="me-next">
        <h2 id="me-next">{t('me.next')}</h2>
        <NextPractice learner={learner} />
        <MyEncouragement learner={learner} />
        {due && <p className={next ? 'risk' : 'muted'}>{next ? t('me.next-work', { title: inLanguage(locale, next.title), when: formats.day(next.dueOn) }) : t('me.next-none')}</p>}
      </section>
      <div className="columns">
        <MyGoals learner={learner} />
        <MySkills learner={learner} />
        {timeline.data && <MyEffort timeline={timeline.data} />}
        <OutlookCard learner={learner} />
        <MyBadges learner={learner} />
        <MyContests learner={learner} />
        <MyVoice learner={learner} />
      </div>
      <section className="card" aria-labelledby="me-known">
        <h2 id="me-known">{t('me.known')}</h2>
        <p className="about">{t('me.known-about')}</p>
        <ul className="reasons">
          {because.map((reason) => (
            <li key={`${reason.code} ${reason.class.id}`}>{reasonInClass(locale, reason)}</li>
          ))}
          {because.length === 0 && <li>{t('learner.no-reasons')}</li>}
        </ul>
        <ul className="reasons">
          {(classes.some((one) => one.risk) ? classes.filter((one) => one.risk) : classes).map((one) => (
            <li key={one.class.id}>
              {one.class.title}: {one.risk ? riskInWords(locale, one.risk) : t('learner.no-risk')}
            </li>
          ))}
        </ul>
        {alert && alert.status !== 'contested' && <Contest alert={alert.alert} version={alert.version} />}
        {alert?.status === 'contested' && <p className="notice">{t('me.contested')}</p>}
        <h3 className="who">{t('me.who')}</h3>
        <ul className="reasons">
          <li>{profile.data.counselor?.name ? t('me.who-counselor', { name: profile.data.counselor.name }) : t('me.who-no-counselor')}</li>
          <li>{t('me.who-teachers', { classes: formats.list([...new Set(classes.map((one) => one.class.title))]) })}</li>
          <li>{t('me.who-you')}</li>
          <li>{t('me.who-counts')}</li>
        </ul>
        <MyReaders learner={learner} />
      </section>
    </article>
  );
} // prettier-ignore

/** "This looks wrong": a learner's word against the alert, which a person then has to answer. */
function Contest({ alert, version }: { readonly alert: string; readonly version: number }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const contest = useMutation({
    mutationFn: (body: { reason: (typeof contestReasons)[number]; note?: string }) => client.alerts.contest({ params: { alert }, body: { version, ...body } }),
    onSuccess: async () => {
      setOpen(false);
      tell({ text: t('me.contest-done'), tone: 'done', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: ['learner'] });
    },
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const reason = contestReasons.find((code) => code === fields.get('reason')) ?? 'other';
    const note = textOf(fields, 'note');
    contest.mutate(note === '' ? { reason } : { reason, note });
  };
  if (!open) {
    return (
      <button type="button" className="contest" onClick={() => setOpen(true)}>
        {t('me.contest')}
      </button>
    );
  }
  return (
    <form className="act-form" onSubmit={submit}>
      <label className="field">
        {t('me.contest-why')}
        <select name="reason">
          {contestReasons.map((code) => (
            <option key={code} value={code}>
              {say(locale, `why.${code}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('act.note-optional')}
        <textarea name="note" rows={2} maxLength={5_000} />
      </label>
      <div className="act-end">
        <button type="submit" className="primary" disabled={contest.isPending}>
          {t('me.contest-send')}
        </button>
        <button type="button" className="quiet" onClick={() => setOpen(false)}>
          {t('act.leave')}
        </button>
      </div>
    </form>
  );
} // prettier-ignore
