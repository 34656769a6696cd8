import { type AlertSummary, overrideReasons, personCloseCodes, say } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { textOf } from '../parts/fields.js';
import { type Act } from './foretell.js';
import { inDays, suggestedFirst } from './next-steps.js';

/** Acts that need to be told more about. */
export type AskedAct = Exclude<Act['do'], 'acknowledge'>;

interface Asking {
  readonly alert: AlertSummary;
  readonly what: AskedAct;
  readonly onAct: (act: Act) => void;
  readonly onLeave: () => void;
}

function Field({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

const chosen = <Value extends string>(value: string, allowed: readonly Value[]): Value =>
  allowed.find((one) => one === value) ?? allowed[0]!;

/** Reads what was filled in as an act; null while something that it needs is missing. */
function actOf(what: AskedAct, fields: FormData, titles: ReadonlyMap<string, string>): Act | null {
  const text = (name: string) => textOf(fields, name);
  const note = text('note') === '' ? {} : { note: text('note') };
  switch (what) {
    case 'intervene': {
      const intervention = text('intervention');
      if (intervention === '') return null;
      return {
        do: 'intervene',
        intervention,
        title: titles.get(intervention) ?? intervention,
        followUpOn: text('followUpOn') || null,
        ...note,
      };
    }
    case 'snooze':
      return text('until') === '' ? null : { do: 'snooze', until: new Date(`${text('until')}T06:00:00Z`).toISOString() };
    case 'override':
      return { do: 'override', reason: chosen(text('reason'), overrideReasons), ...note };
    case 'resolve':
      return { do: 'resolve', code: chosen(text('code'), personCloseCodes), ...note };
    case 'assign':
      return text('to') === '' ? null : { do: 'assign', to: text('to') };
    case 'note':
      return text('note') === '' ? null : { do: 'note', note: text('note') };
    default:
      return what satisfies never;
  }
}

/** Asks, in the row itself, what an act needs. Escape leaves it as it was. */
export function ActForm({ alert, what, onAct, onLeave }: Asking) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input, textarea')?.focus(), []);
  const catalogue = useQuery({ queryKey: ['interventions'], queryFn: () => client.catalogue.get(), enabled: what === 'intervene' });
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: () => client.caseload.colleagues(), enabled: what === 'assign' });
  const steps = suggestedFirst(alert.nextSteps, catalogue.data?.value ?? [], locale);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const act = actOf(what, new FormData(event.currentTarget), new Map(steps.map((step) => [step.id, step.title])));
    if (act) onAct(act);
  };
  const today = new Date();
  return (
    <form ref={form} className="act-form" onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onLeave(); } }}>
      {what === 'intervene' && (
        <>
          <Field label={t('act.step')}>
            {(id) => (
              <select id={id} name="intervention" required>
                {steps.map((step) => (
                  <option key={step.id} value={step.id}>
                    {step.suggested ? t('act.suggested', { title: step.title }) : step.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('act.follow-up')}>
            {(id) => <input id={id} type="date" name="followUpOn" min={inDays(today, 0)} defaultValue={inDays(today, steps[0]?.followUpDays ?? 14)} />}
          </Field>
        </>
      )}
      {what === 'snooze' && (
        <Field label={t('act.until')}>
          {(id) => <input id={id} type="date" name="until" required min={inDays(today, 1)} defaultValue={inDays(today, 7)} />}
        </Field>
      )}
      {what === 'override' && (
        <Field label={t('act.why')}>
          {(id) => (
            <select id={id} name="reason">
              {overrideReasons.map((code) => (
                <option key={code} value={code}>
                  {say(locale, `why.${code}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {what === 'resolve' && (
        <Field label={t('act.how')}>
          {(id) => (
            <select id={id} name="code">
              {personCloseCodes.map((code) => (
                <option key={code} value={code}>
                  {say(locale, `close.${code}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {what === 'assign' && (
        <Field label={t('act.to')}>
          {(id) => (
            <select id={id} name="to" required>
              {(colleagues.data?.items ?? []).map((colleague) => (
                <option key={colleague.token} value={colleague.token}>
                  {colleague.name ?? t('person.unnamed')}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {what !== 'snooze' && what !== 'assign' && (
        <Field label={what === 'note' ? t('act.note') : t('act.note-optional')}>
          {(id) => <textarea id={id} name="note" rows={2} maxLength={5_000} required={what === 'note'} />}
        </Field>
      )}
      <div className="act-end">
        <button type="submit" className="primary">
          {t(`act.do-${what}`)}
        </button>
        <button type="button" className="quiet" onClick={onLeave}>
          {t('act.leave')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}
