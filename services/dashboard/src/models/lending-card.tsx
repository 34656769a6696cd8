import { routes } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, isProblem, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';

/** Who else may start from this tenant's models: an admin names them, with a reason, and takes it back. Others are shown nothing. */
export function LendingCard() {
  const { session } = useReader();
  return mayUse(session, routes.gate.lend.roles) ? <Lending /> : null;
}

function Lending() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<'offer' | { readonly back: string } | null>(null);
  const lending = useQuery({ queryKey: ['gate', 'lending'], queryFn: ({ signal }) => client.gate.lending(undefined, { signal }) });
  const standing = useQuery({ queryKey: ['gate', 'standing'], queryFn: ({ signal }) => client.gate.standing(undefined, { signal }) });
  const decide = useMutation({
    mutationFn: (value: { readonly to: string[]; readonly reason: string }) =>
      client.gate.lend({ body: { version: lending.data?.version ?? 0, value } }),
    onSuccess: () => {
      setAsked(null);
      tell({ text: t('lending.done'), tone: 'done', until: null, undo: null });
      void queries.invalidateQueries({ queryKey: ['gate', 'lending'] });
    },
  });
  if (lending.error && !lending.data) return <Trouble error={lending.error} again={() => void lending.refetch()} />;
  const to = lending.data?.value.to ?? [];
  // Where no outcome is known there is nothing of one's own to lend.
  if (!lending.data || !standing.data || (to.length === 0 && standing.data.outcomes === 0)) return null;
  const ask = (what: typeof asked) => {
    decide.reset();
    setAsked(what);
  };
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const left = typeof asked === 'object' && asked !== null ? to.filter((one) => one !== asked.back) : [...new Set([...to, textOf(fields, 'tenant')])];
    decide.mutate({ to: left, reason: textOf(fields, 'reason') });
  };
  return (
    <section className="card" aria-labelledby="lending-title">
      <h2 id="lending-title">{t('lending.title')}</h2>
      <p className="about">{t('lending.about')}</p>
      {to.length === 0 ? (
        <p className="muted">{t('lending.nobody')}</p>
      ) : (
        <>
          <ul className="verdicts">
            {to.map((one) => (
              <li key={one} data-tone="unknown">
                <span>
                  {t('lending.may', { tenant: one })}{' '}
                  <button type="button" className="link small" onClick={() => ask({ back: one })}>{t('lending.take-back', { tenant: one })}</button>
                </span>
              </li>
            ))}
          </ul>
          <p className="muted small"><q>{lending.data.value.reason}</q></p>
        </>
      )}
      {isProblem(decide.error, 'not-possible') && <p className="notice" role="alert">{t('lending.unknown', { tenant: decide.variables?.to.at(-1) ?? '' })}</p>}
      {decide.error && !isProblem(decide.error, 'not-possible') && <Trouble error={decide.error} again={() => { decide.reset(); void lending.refetch(); }} />}
      {asked === null ? (
        <button type="button" onClick={() => ask('offer')}>{t('lending.offer')}</button>
      ) : (
        <form className="decide" onSubmit={say}>
          <p>{asked === 'offer' ? t('lending.check') : t('lending.ask-back', { tenant: asked.back })}</p>
          {asked === 'offer' && (
            <label>
              {t('lending.tenant')}
              <input name="tenant" required maxLength={200} autoComplete="off" spellCheck={false} />
            </label>
          )}
          <label>
            {t('what-if.reason')}
            <textarea name="reason" required minLength={3} maxLength={2000} rows={2} />
          </label>
          <div className="case-acts">
            <button type="submit" className="primary" disabled={decide.isPending}>{t('what-if.decide')}</button>
            <button type="button" className="quiet" onClick={() => ask(null)}>{t('what-if.leave')}</button>
          </div>
        </form>
      )}
    </section>
  );
} // prettier-ignore
