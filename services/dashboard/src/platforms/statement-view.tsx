import { reasonInClass, type StatementDetail } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { CopyButton } from './copy-button.js';

/** One statement: who, did what, as JSON, and what Pharos made of it. Who acted is read only when asked for, and recorded. */
export function StatementView({ id, named }: { readonly id: string; readonly named: boolean }) {
  const { t } = useTranslation();
  const [names, setNames] = useState(named);
  const query = names ? { names: 'true' as const } : {};
  const read = useQuery({
    queryKey: ['statement', id, names],
    queryFn: ({ signal }) => client.statements.get({ params: { statement: id }, query }, { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    placeholderData: (before) => before,
  });
  const { data } = read;
  if (read.error && !data) return <Trouble error={read.error} again={() => void read.refetch()} />;
  if (!data) return <Waiting rows={1} height={48} />;
  return (
    <div className="statement">
      <div>
        <h3>{t('platforms.derived')}</h3>
        <Derived detail={data} />
        {!names && <p><button type="button" onClick={() => setNames(true)}>{t('platforms.who')}</button> <span className="muted small">{t('platforms.who-recorded')}</span></p>}
      </div>
      <div>
        <div className="card-head">
          <h3>{t('platforms.json')}</h3>
          <CopyButton text={data.json} what={t('platforms.json')} />
        </div>
        <pre tabIndex={0}>{data.json}</pre>
      </div>
    </div>
  );
} // prettier-ignore

type Line = 'learner' | 'counts' | 'class' | 'grade' | 'skills' | 'levels' | 'day' | 'alerts';

function Derived({ detail: { statement, derived } }: { readonly detail: StatementDetail }) {
  const { t } = useTranslation();
  const { formats, locale } = useReader();
  const { actor } = statement;
  const lines: readonly (readonly [Line, ReactNode])[] = [
    ['learner', actor.name ? <Link to="/learners/$learner" params={{ learner: actor.token }}>{actor.name}</Link> : <code>{actor.token}</code>],
    ['counts', t('platforms.derived-counts-as', { action: t(`platforms.action-${derived.action}`, { defaultValue: derived.action }), kind: t(`platforms.kind-${derived.kind}`, { defaultValue: derived.kind }) })],
    ['class', derived.class?.title ?? t('platforms.derived-no-class')],
    ['grade', statement.correct !== null ? t(statement.correct ? 'platforms.right' : 'platforms.not-right') : statement.scaled !== null ? formats.percent(statement.scaled) : t(derived.attempt ? 'platforms.derived-attempt' : 'platforms.derived-no-grade')],
    ['skills', derived.skills.length === 0 ? t('platforms.derived-no-skill') : derived.skills.map(({ skill, title, probability, evidence }) => <span key={skill} className="line">{probability === null ? title : t('platforms.derived-skill', { title, share: formats.percent(probability), count: evidence })}</span>)],
    ...(derived.levels.length > 0 ? [['levels', derived.levels.map(({ skill, title, from, to }) => <span key={skill} className="line">{t('platforms.derived-level', { title, from: from ?? t('platforms.derived-none'), to: to ?? t('platforms.derived-none') })}</span>)] as const] : []),
    ['day', derived.day ? t('platforms.derived-day-line', { day: formats.day(derived.day.day), count: derived.day.events }) : t('platforms.derived-no-day')],
    ['alerts', derived.alerts.length === 0 ? t('platforms.derived-no-alert') : derived.alerts.map(({ alert, raisedAt, reasons }) => <span key={alert} className="line">{t('platforms.derived-alert', { day: formats.moment(raisedAt) })} {reasons.map((reason) => reasonInClass(locale, reason)).join(' ')}</span>)],
  ];
  return (
    <dl className="derived">
      {statement.voided && <div><dt>{t('platforms.voided')}</dt><dd>{t('platforms.voided-what')}</dd></div>}
      {lines.map(([name, said]) => (
        <div key={name}>
          <dt>{t(`platforms.derived-${name}`)}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
} // prettier-ignore
