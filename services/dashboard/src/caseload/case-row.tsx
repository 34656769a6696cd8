import { type CaseloadItem, changeInWords, reasonInClass, reasonInWords, say } from '@pharos/contract';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { Name } from '../parts/name.js';
import { RiskWords } from '../parts/risk-words.js';
import { ActForm, type AskedAct } from './act-form.js';
import { type Act } from './foretell.js';
import { Due } from './due.js';

interface Row {
  readonly item: CaseloadItem;
  readonly now: number;
  readonly asked: AskedAct | null;
  readonly onAsk: (what: AskedAct | null) => void;
  readonly onAct: (act: Act) => void;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
}

const more = ['assign', 'snooze', 'override', 'resolve', 'note'] as const;

/** One learner of the caseload: who, why, how sure, what changed, what was done and what to do next; acted on in place. */
export function CaseRow({ item, now, asked, onAsk, onAct, onFocus, onOpen }: Row) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const [wide, setWide] = useState(false);
  const [reason, ...others] = item.reasons;
  const changed = item.changed[0];
  const step = item.nextSteps[0];
  const openOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen();
  };
  return (
    <li className="case" data-alert={item.alert} data-status={item.status} tabIndex={-1} onFocus={onFocus} onKeyDown={openOnEnter}>
      <div className="case-who">
        <h3>
          <Link to="/learners/$learner" params={{ learner: item.learner.token }}>
            <Name person={item.learner} />
          </Link>
        </h3>
        <Due alert={item} now={now} />
        <span className="muted">{item.school.title}</span>
      </div>
      <div className="case-why">
        {reason && <p className="reason">{reasonInClass(locale, reason)}</p>}
        {others.length > 0 && <p className="muted">{t('case.more-reasons', { count: others.length, first: reasonInWords(locale, others[0]!) })}</p>}
        <RiskWords risk={item.risk} />
        {item.held && <p className="notice">{say(locale, 'status.held')}</p>}
      </div>
      <dl className="case-facts">
        <div>
          <dt>{t('case.changed')}</dt>
          <dd data-how={changed?.how}>{changed ? changeText(item) : t('case.unchanged')}</dd>
        </div>
        <div>
          <dt>{t('case.last-contact')}</dt>
          <dd>
            {item.lastContact ? t('case.contact', { what: item.lastContact.title, when: formats.ago(item.lastContact.at, now) }) : t('case.no-contact')}
            {item.lastContact?.followUpOn && <span className="muted"> {t('case.follow-up', { when: formats.shortDay(item.lastContact.followUpOn) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('case.next-step')}</dt>
          <dd>{step ? step.title : t('case.no-step')}</dd>
        </div>
      </dl>
      {asked ? (
        <ActForm alert={item} what={asked} onAct={onAct} onLeave={() => onAsk(null)} />
      ) : (
        <div className="case-acts" role="group" aria-label={t('case.acts', { who: item.learner.name ?? t('person.unnamed') })}>
          <button type="button" className="primary" onClick={() => onAsk('intervene')}>
            {t('case.log')}
          </button>
          {item.status === 'open' && (
            <button type="button" onClick={() => onAct({ do: 'acknowledge' })}>
              {t('case.seen')}
            </button>
          )}
          {wide ? (
            more.map((what) => (
              <button key={what} type="button" className="quiet" onClick={() => onAsk(what)}>
                {t(`case.${what}`)}
              </button>
            ))
          ) : (
            <button type="button" className="quiet" aria-expanded={false} onClick={() => setWide(true)}>
              {t('case.more')}
            </button>
          )}
        </div>
      )}
    </li>
  );

  function changeText({ changed: changes, reasons }: CaseloadItem): string {
    const change = changes[0]!;
    const about = reasons.find((one) => one.code === change.code && one.class.id === change.class.id);
    return changeInWords(locale, change, about ? reasonInWords(locale, about) : t(`code.${change.code}`));
  }
} // prettier-ignore
