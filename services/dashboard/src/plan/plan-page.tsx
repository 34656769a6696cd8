import { inLanguage, type PlanEntry, type WeekPlan } from '@pharos/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { useNow } from '../app/use-now.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { useWeek, weekKey } from './use-week.js';
import { daysOf, later, moved } from './week.js';
import './plan.css';

/** What will I do when? A week: planned against done. */
export function PlanPage() {
  const { t } = useTranslation();
  const { session } = useReader();
  const { week } = useSearch({ from: '/signed-in/plan' });
  if (session.learners.length === 0) return <Empty title={t('me.nobody')} body={t('me.nobody-body')} />;
  return (
    <div className="stack plan">
      <h1>{t('plan.title')}</h1>
      {session.learners.map((learner) => (
        <Week key={learner} learner={learner} week={week} />
      ))}
    </div>
  );
}

function Week({ learner, week }: { readonly learner: string; readonly week: string | undefined }) {
  const { t } = useTranslation();
  const { locale, formats, session } = useReader();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const plan = useWeek(learner, week);
  const keep = useMutation({
    mutationFn: ({ entries, from }: { readonly entries: readonly PlanEntry[]; readonly from: WeekPlan }) =>
      client.plans.keep({ params: { learner }, body: { week: from.week, version: from.version, entries: entries.map(({ on, kind, what, minutes }) => ({ on, kind, what, minutes })) } }),
    onSuccess: (kept) => queries.setQueryData(weekKey(learner, week), kept),
    onError: () => {
      tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null });
      void plan.refetch();
    },
  });
  if (plan.error && !plan.data) return <Trouble error={plan.error} again={() => void plan.refetch()} />;
  if (!plan.data) return <Waiting rows={3} height={40} />;
  const { entries, due, planned, done, kept } = plan.data;
  const unplanned = due.filter(({ work }) => !entries.some(({ what }) => what === work));
  const own = mayUse(session, ['learner', 'guardian']);
  const go = (to: string) => void navigate({ to: '/plan', search: { week: to } });
  const change = (next: readonly PlanEntry[]) => keep.mutate({ entries: next, from: plan.data });
  return (
    <>
      <div className="week-head">
        <button type="button" className="quiet" onClick={() => go(later(plan.data.week, -7))} aria-label={t('plan.before')}>
          <span aria-hidden="true">←</span>
        </button>
        <h2>{t('plan.week-of', { when: formats.day(plan.data.week) })}</h2>
        <button type="button" className="quiet" onClick={() => go(later(plan.data.week, 7))} aria-label={t('plan.after')}>
          <span aria-hidden="true">→</span>
        </button>
      </div>
      {entries.length === 0 ? (
        <Empty title={t('plan.nothing')} body={t('plan.nothing-body')} />
      ) : (
        <>
          <div className="card week-sum">
            <p className="risk">{t('plan.sum', { done: formats.number(done.minutes), planned: formats.number(planned.minutes) })}</p>
            <progress value={done.minutes} max={Math.max(1, planned.minutes)} aria-label={t('plan.title')} />
            <p className="small muted">{t(kept ? 'plan.kept' : 'plan.suggested')}</p>
            {unplanned.length > 0 && <p>{t('plan.unplanned', { work: formats.list(unplanned.map(({ title, dueOn }) => t('me.next-work', { title: inLanguage(locale, title), when: formats.shortDay(dueOn) }))) })}</p>}
            {own && !kept && (
              <button type="button" className="primary" disabled={keep.isPending} onClick={() => change(entries)}>
                {t('plan.keep')}
              </button>
            )}
          </div>
          <ol className="week-days">
            {daysOf(plan.data.week).map((day) => (
              <Day key={day} day={day} week={plan.data.week} entries={entries} change={own && kept && !keep.isPending ? change : undefined} />
            ))}
          </ol>
        </>
      )}
      {own && <Feed learner={learner} has={plan.data.feed} onChange={() => void plan.refetch()} />}
    </>
  );
} // prettier-ignore

interface DayProps {
  readonly day: string;
  readonly week: string;
  readonly entries: readonly PlanEntry[];
  /** Undefined where nothing may be changed. */
  readonly change: ((entries: readonly PlanEntry[]) => void) | undefined;
}

function Day({ day, week, entries, change }: DayProps) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const now = useNow(60_000);
  const own = entries.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.on === day);
  if (own.length === 0) return null;
  const today = formats.dayAt(now) === day;
  return (
    <li className="card" data-today={today}>
      <h3>
        {formats.weekday(day)}
        {today && <span className="small"> · {t('plan.today')}</span>}
      </h3>
      <ul className="entries">
        {own.map(({ entry: { kind, what, title, minutes, dueOn, done }, index }) => (
          <li key={`${kind} ${what} ${index}`} data-done={done}>
            <span className="mark" aria-hidden="true">{done ? '✓' : ''}</span>
            <span>
              {kind === 'work' ? inLanguage(locale, title) : <Link to="/practice">{inLanguage(locale, title)}</Link>}
              <span className="small muted"> {t(`plan.kind-${kind}`)} · {t('plan.minutes', { count: minutes })}{dueOn !== null && ` · ${t('goals.due', { when: formats.shortDay(dueOn) })}`}</span>
              <span className="only-read">{t(done ? 'plan.done' : 'plan.open')}</span>
            </span>
            {change && !done && (
              <select aria-label={t('plan.move', { what: inLanguage(locale, title) })} value={day} onChange={(event) => change(moved(entries, index, event.target.value))}>
                {daysOf(week).map((one) => (
                  <option key={one} value={one}>
                    {formats.shortDay(one)}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
} // prettier-ignore

/** An address that calendar programs read; whoever has it can read the plan, so it can be ended. */
function Feed({ learner, has, onChange }: { readonly learner: string; readonly has: boolean; readonly onChange: () => void }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const [address, setAddress] = useState<string>();
  const after = { onError: () => tell({ text: t('toast.not-done'), tone: 'trouble' as const, until: null, undo: null }) };
  const open = useMutation({ mutationFn: () => client.plans.openFeed({ params: { learner }, body: { locale } }), onSuccess: ({ url }) => { setAddress(url); onChange(); }, ...after });
  const close = useMutation({ mutationFn: () => client.plans.closeFeed({ params: { learner } }), onSuccess: () => { setAddress(undefined); onChange(); }, ...after });
  return (
    <section className="card" aria-labelledby={`feed-${learner}`}>
      <h2 id={`feed-${learner}`}>{t('plan.calendar')}</h2>
      <p className="about">{t('plan.calendar-about')}</p>
      {address !== undefined && (
        <label className="field">
          {t('plan.address')}
          <input readOnly value={address} onFocus={(event) => event.target.select()} />
        </label>
      )}
      <div className="act-end">
        <button type="button" disabled={open.isPending} onClick={() => open.mutate()}>
          {t(has ? 'plan.address-again' : 'plan.address-make')}
        </button>
        {has && (
          <button type="button" className="quiet" disabled={close.isPending} onClick={() => close.mutate()}>
            {t('plan.address-end')}
          </button>
        )}
      </div>
    </section>
  );
} // prettier-ignore
