import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';

/** What could not be taken: to open, to repair, to send again, to put away. */
export function LettersCard() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const [open, setOpen] = useState<string>();
  const letters = useQuery({ queryKey: ['dead-letters'], queryFn: ({ signal }) => client.operations.deadLetters({ query: { limit: 20 } }, { signal }) });
  return (
    <section className="card" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('platforms.letters')}</h2>
      <p className="about">{t('platforms.letters-about')}</p>
      {letters.error && !letters.data && <Trouble error={letters.error} again={() => void letters.refetch()} />}
      {letters.data?.items.length === 0 && <p className="muted">{t('platforms.no-letters')}</p>}
      {letters.data && letters.data.items.length > 0 && (
        <div className="table-box" role="group" tabIndex={0} aria-labelledby="letters-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('platforms.when')}</th>
                <th scope="col">{t('platforms.place')}</th>
                <th scope="col">{t('platforms.reason')}</th>
                <th scope="col">{t('platforms.state')}</th>
              </tr>
            </thead>
            <tbody>
              {letters.data.items.map((one) => (
                <Fragment key={one.id}>
                  <tr>
                    <td className="when">{formats.moment(one.at)}</td>
                    <td>{t('platforms.at', { source: one.source, place: one.place })}</td>
                    <td>{one.reason}</td>
                    <td>
                      {one.settled && <span className="tag">{t(`platforms.settled-${one.settled.how}`)}</span>}
                      {!one.settled && (
                        <button type="button" className="link small" aria-expanded={open === one.id} onClick={() => setOpen(open === one.id ? undefined : one.id)}>
                          {t('platforms.open')}
                        </button>
                      )}
                    </td>
                  </tr>
                  {open === one.id && !one.settled && (
                    <tr>
                      <td colSpan={4}>
                        <OpenLetter id={one.id} done={() => setOpen(undefined)} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
} // prettier-ignore

/** A letter with what it holds. Opening it is recorded, since it may name people. */
function OpenLetter({ id, done }: { readonly id: string; readonly done: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [repaired, setRepaired] = useState<string>();
  const opened = useQuery({ queryKey: ['dead-letter', id], queryFn: ({ signal }) => client.operations.openLetter({ params: { letter: id } }, { signal }), staleTime: Infinity });
  const settled = async () => {
    await queries.invalidateQueries({ queryKey: ['dead-letters'] });
    done();
  };
  const resend = useMutation({
    mutationFn: () => client.operations.resendLetter({ params: { letter: id }, body: repaired === undefined ? {} : { statement: repaired } }),
    onSuccess: async ({ items }) => {
      if (items.every(({ ok }) => ok)) await settled();
    },
  });
  const dismiss = useMutation({ mutationFn: () => client.operations.dismissLetter({ params: { letter: id } }), onSuccess: settled });
  const { data } = opened;
  const trouble = opened.error ?? resend.error ?? dismiss.error;
  const refused = resend.data?.items.find(({ ok }) => !ok);
  return (
    <div className="stack">
      {trouble && <Trouble error={trouble} again={() => void opened.refetch()} />}
      {opened.isPending && <Waiting rows={1} height={120} />}
      {data && (
        <label className="field">
          <span>{t('platforms.holds')}</span>
          <textarea rows={12} spellCheck={false} readOnly={!data.resendable} value={repaired ?? indented(data.text)} onChange={(event) => setRepaired(event.target.value)} />
        </label>
      )}
      {refused && (
        <div className="notice" role="alert">
          <p>{refused.reason}</p>
          <ul>{refused.errors.map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code> {message}</li>)}</ul>
        </div>
      )}
      {data && (
        <p>
          {data.resendable && (
            <button type="button" className="primary" disabled={resend.isPending} onClick={() => resend.mutate()}>
              {t(repaired === undefined ? 'platforms.resend' : 'platforms.resend-repaired')}
            </button>
          )}{' '}
          <button type="button" className="link" disabled={dismiss.isPending} onClick={() => dismiss.mutate()}>{t('platforms.dismiss')}</button>
        </p>
      )}
    </div>
  );
} // prettier-ignore

/** As it came, where it is no JSON. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
