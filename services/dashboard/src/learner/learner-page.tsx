import { type AlertSummary, possibleInWords, reasonCodes, reasonInClass } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { ActForm, type AskedAct } from '../caseload/act-form.js';
import { useActing } from '../caseload/acting.js';
import { Due } from '../caseload/due.js';
import { mayBeAt } from '../app/places.js';
import { Name } from '../parts/name.js';
import { RiskWords } from '../parts/risk-words.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { Contributions } from './contributions.js';
import { History } from './history.js';
import { StoryView } from './story-view.js';
import { OutlookCard } from './outlook-card.js';
import { NextOverride } from './next-override.js';
import { PractiseFirst } from './practise-first.js';
import './learner.css';

/** What happened, and what helps? */
export function LearnerPage() {
  const { t } = useTranslation();
  const { session, locale } = useReader();
  const { learner } = useParams({ from: '/signed-in/learners/$learner' });
  const { class: chosen } = useSearch({ from: '/signed-in/learners/$learner' });
  const navigate = useNavigate();
  const params = { learner };
  const profile = useQuery({ queryKey: ['learner', learner, 'profile'], queryFn: ({ signal }) => client.learners.get({ params }, { signal }) });
  const risk = useQuery({ queryKey: ['learner', learner, 'risk'], queryFn: ({ signal }) => client.learners.risk({ params }, { signal }) });
  const timeline = useQuery({ queryKey: ['learner', learner, 'timeline'], queryFn: ({ signal }) => client.learners.timeline({ params }, { signal }) });
  if (profile.error && !profile.data) return <Trouble error={profile.error} again={() => void profile.refetch()} />;
  if (!profile.data) return <Waiting rows={3} height={60} />;

  const { alert, classes, reasons, counselor } = profile.data;
  const scored = classes.filter((one) => one.risk !== null);
  const highest = [...scored].sort((a, b) => b.risk!.raw - a.risk!.raw)[0];
  const shown = scored.find((one) => one.class.id === chosen) ?? scored.find((one) => one.class.id === alert?.reasons[0]?.class.id) ?? highest;
  const point = risk.data?.points.filter((one) => one.class === shown?.class.id).at(-1);
  const possible = risk.data?.possible.find((one) => one.class === shown?.class.id);
  const because = alert?.reasons ?? reasons;
  const actsHere = mayBeAt(session.roles, '/caseload');
  return (
    <article className="learner">
      <header className="place-head">
        {actsHere && (
          <p className="small">
            <Link to="/caseload">{t('learner.back')}</Link>
          </p>
        )}
        <h1>
          <Name person={profile.data.learner} />
        </h1>
        <p className="muted">
          {[...new Set(classes.map((one) => one.school.title))].join(' · ')}
          {counselor && (
            <>
              {' · '}
              {t('learner.counselor')} <Name person={counselor} />
            </>
          )}
        </p>
      </header>
      <div className="learner-top">
        <section className="card" aria-labelledby="why-title">
          <h2 id="why-title">{t('learner.why')}</h2>
          {shown?.risk ? <RiskWords risk={shown.risk} full /> : <p className="muted">{t('learner.no-risk')}</p>}
          {because.length > 0 ? (
            <ul className="reasons">
              {because.map((reason) => (
                <li key={`${reason.code} ${reason.class.id}`}>{reasonInClass(locale, reason)}</li>
              ))}
            </ul>
          ) : (
            <p className="muted no-reasons">{t(shown?.risk ? 'learner.no-one-reason' : 'learner.no-reasons')}</p>
          )}
          {possible && (
            <div className="possible">
              <p>{possibleInWords(locale, possible)}</p>
              <p className="muted small">{t('learner.possible-about')}</p>
            </div>
          )}
        </section>
        {alert ? <NextSteps alert={alert} may={actsHere} /> : (
          <section className="card">
            <h2>{t('learner.next')}</h2>
            <p className="muted">{t('learner.no-alert')}</p>
          </section>
        )}
      </div>
      {scored.length > 1 && (
        <div className="filters">
          <div className="segments" role="group" aria-label={t('learner.classes')}>
            {scored.map((one) => (
              <button key={one.class.id} type="button" aria-pressed={one.class.id === shown?.class.id} onClick={() => void navigate({ to: '/learners/$learner', params, search: { class: one.class.id }, replace: true })}>
                {one.class.title}
              </button>
            ))}
          </div>
        </div>
      )}
      <div className="stack">
        {alert && <PractiseFirst alert={alert.alert} />}
        <NextOverride learner={learner} />
        <OutlookCard learner={learner} />
        {timeline.error && <Trouble error={timeline.error} again={() => void timeline.refetch()} />}
        {timeline.data && risk.data ? (
          <StoryView timeline={timeline.data} history={risk.data} classes={classes} first={shown?.class.id ?? null} target={shown?.risk?.target ?? 'not-passing'} />
        ) : (
          !timeline.error && <Waiting rows={1} height={100} />
        )}
        {point && shown && <Contributions point={point} where={shown.class.title} />}
        {timeline.data && <History steps={timeline.data.alerts.map((one) => one.step)} />}
      </div>
    </article>
  );
} // prettier-ignore

/** One to three steps that may help, each one click from being logged. */
function NextSteps({ alert, may }: { readonly alert: AlertSummary; readonly may: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const acting = useActing();
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const others = ['snooze', 'override', 'resolve', 'note'] as const;
  return (
    <section className="card" aria-labelledby="next-title">
      <div className="card-head">
        <h2 id="next-title">{t('learner.next')}</h2>
        <Due alert={alert} now={now} />
      </div>
      <ol className="next-steps">
        {alert.nextSteps.map((step) => (
          <li key={step.intervention}>
            <strong>{step.title}</strong>
            {step.because.length > 0 && <span className="muted small"> {t('learner.because', { why: step.because.map((code) => reasonName(code)).join(', ') })}</span>}
          </li>
        ))}
      </ol>
      {may && !asked && (
        <div className="case-acts">
          <button type="button" className="primary" onClick={() => setAsked('intervene')}>
            {t('case.log')}
          </button>
          {alert.status === 'open' && (
            <button type="button" onClick={() => acting.mutate({ alert, act: { do: 'acknowledge' } })}>
              {t('case.seen')}
            </button>
          )}
          {others.map((what) => (
            <button key={what} type="button" className="quiet" onClick={() => setAsked(what)}>
              {t(`case.${what}`)}
            </button>
          ))}
        </div>
      )}
      {asked && <ActForm alert={alert} what={asked} onAct={(act) => { setAsked(null); acting.mutate({ alert, act }); }} onLeave={() => setAsked(null)} />}
    </section>
  );

  function reasonName(code: string): string {
    const known = reasonCodes.find((one) => one === code);
    return known ? t(`code.${known}`) : code;
  }
} // prettier-ignore
