import { type DeadLetter, type LettersResent } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { Trouble } from '../parts/trouble.js';
import { OpenLetter } from './open-letter.js';
import { TableBox } from '../parts/table-box.js';

/** What could not be taken: to open, to repair, to send again (one or many), to put away. */
export function LettersCard({ nameOf }: { readonly nameOf: (credential: string) => string }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [limit, setLimit] = useState(20);
  const letters = useQuery({ queryKey: ['dead-letters', limit], queryFn: ({ signal }) => client.operations.deadLetters({ query: { limit } }, { signal }), placeholderData: (before) => before });
  const again = () => queries.invalidateQueries({ queryKey: ['dead-letters'] });
  const resend = useMutation({
    mutationFn: () => client.operations.resendLetters({ body: { letters: [...chosen] } }),
    onSuccess: async ({ items }: LettersResent) => {
      const left = items.filter(({ ok }) => !ok).map(({ letter }) => letter);
      setChosen(new Set(left));
      const taken = items.length - left.length;
      tell({ text: left.length > 0 ? t('platforms.resent-some', { taken, left: left.length }) : t('platforms.resent', { count: taken }), tone: left.length > 0 ? 'trouble' : 'done', until: null, undo: null });
      await again();
    },
  });
  // A letter of the door says which credential sent it and in which version.
  const placeOf = ({ source, place }: DeadLetter) => {
    const at = place.lastIndexOf('@');
    if (source !== 'door' || at < 0) return t('platforms.at', { source, place });
    return t('platforms.at-door', { name: nameOf(place.slice(0, at)), version: place.slice(at + 1) });
  };
  const waiting = letters.data?.items.filter(({ settled }) => !settled) ?? [];
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    setChosen(next);
  };
  const reasonLeft = new Map(resend.data?.items.filter(({ ok }) => !ok).map((one) => [one.letter, one.errors.map(({ path, message }) => `${path} ${message}`).join('; ') || one.reason]));
  return (
    <section className="card" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('platforms.letters')}</h2>
      <p className="about">{t('platforms.letters-about')}</p>
      {letters.error && !letters.data && <Trouble error={letters.error} again={() => void letters.refetch()} />}
      {letters.data?.items.length === 0 && <p className="muted">{t('platforms.no-letters')}</p>}
      {resend.error !== null && <Trouble error={resend.error} />}
      {letters.data && letters.data.items.length > 0 && (
        <>
          {waiting.length > 0 && (
            <p className="acts">
              {chosen.size > 0 ? <button type="button" disabled={resend.isPending} onClick={() => resend.mutate()}>{t('platforms.resend-chosen', { count: chosen.size })}</button> : <span className="muted small">{t('platforms.resend-none')}</span>}
            </p>
          )}
          <TableBox labelledBy="letters-title">
            <table>
              <thead>
                <tr>
                  <th scope="col">
                    {waiting.length > 0 && (
                      <input type="checkbox" aria-label={t('platforms.choose-all')} checked={waiting.every(({ id }) => chosen.has(id))} onChange={(event) => choose(waiting.map(({ id }) => id), event.target.checked)} />
                    )}
                  </th>
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
                      <td>
                        {!one.settled && <input type="checkbox" aria-label={t('platforms.choose', { reason: one.reason })} checked={chosen.has(one.id)} onChange={(event) => choose([one.id], event.target.checked)} />}
                      </td>
                      <td className="when">{formats.moment(one.at)}</td>
                      <td>{placeOf(one)}</td>
                      <td>{reasonLeft.get(one.id) ?? one.reason}</td>
                      <td>
                        {one.settled && <span className="tag">{t(`platforms.settled-${one.settled.how}`)}</span>}
                        {!one.settled && (
                          <button type="button" className="link small" aria-expanded={open === one.id} onClick={() => setOpen(open === one.id ? undefined : one.id)}>{t(open === one.id ? 'platforms.close' : 'platforms.open')}</button>
                        )}
                      </td>
                    </tr>
                    {open === one.id && !one.settled && (
                      <tr className="opened">
                        <td colSpan={5}><OpenLetter id={one.id} reason={one.reason} done={() => setOpen(undefined)} /></td>
                      </tr>
                    )}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </TableBox>
          {letters.data.next && limit < 500 && <p><button type="button" onClick={() => setLimit(Math.min(500, limit * 5))}>{t('platforms.older-letters')}</button></p>}
        </>
      )}
    </section>
  );
} // prettier-ignore
