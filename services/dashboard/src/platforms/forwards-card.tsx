import { type ForwardTarget } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { TableBox } from '../parts/table-box.js';
import { Trouble } from '../parts/trouble.js';
import { ForwardForm, type ForwardWish } from './forward-form.js';

interface ForwardsCardProps {
  readonly platforms: readonly { readonly credential: string; readonly name: string }[];
}

/** Where statements are sent on to, how that goes, and what may be done about it. */
export function ForwardsCard({ platforms }: ForwardsCardProps) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const [forgetting, setForgetting] = useState<string>();
  const targets = useQuery({ queryKey: ['forwards'], queryFn: ({ signal }) => client.forwards.list(undefined, { signal }), refetchInterval: 10_000 });
  const done = async (text: string) => {
    setMaking(false);
    setForgetting(undefined);
    tell({ text, tone: 'done', until: null, undo: null });
    await queries.invalidateQueries({ queryKey: ['forwards'] });
  };
  const make = useMutation({ mutationFn: (wish: ForwardWish) => client.forwards.create({ body: wish }), onSuccess: ({ name }) => done(t('platforms.forward-made', { name })) });
  const change = useMutation({
    mutationFn: ({ id, active }: ForwardTarget) => client.forwards.change({ params: { id }, body: { active: !active } }),
    onSuccess: ({ name, active }) => done(t(active ? 'platforms.forward-resumed' : 'platforms.forward-paused', { name })),
  });
  const remove = useMutation({
    mutationFn: ({ id }: ForwardTarget) => client.forwards.remove({ params: { id } }),
    onSuccess: (_, { name }) => done(t('platforms.forward-forgotten', { name })),
  });
  const stateOf = ({ active, failures, lastError, nextAttemptAt }: ForwardTarget) => {
    if (!active) return t('platforms.forward-is-paused');
    if (failures === 0) return t('platforms.forward-runs');
    return t('platforms.forward-fails', { count: failures, error: lastError ?? '', when: nextAttemptAt ? formats.moment(nextAttemptAt) : '' });
  };
  const filterOf = ({ filter }: ForwardTarget) =>
    [...(filter.verbs ?? []), ...(filter.activities ?? []), ...(filter.platforms ?? []).map((id) => platforms.find(({ credential }) => credential === id)?.name ?? id)].join(', ');
  const trouble = change.error ?? (targets.data ? null : targets.error);
  return (
    <section className="card" aria-labelledby="forwards-title">
      <div className="card-head">
        <h2 id="forwards-title">{t('platforms.forwards')}</h2>
        {!making && <button type="button" onClick={() => { make.reset(); setMaking(true); }}>{t('platforms.forward-new')}</button>}
      </div>
      <p className="about">{t('platforms.forwards-about')}</p>
      {making && <ForwardForm platforms={platforms} busy={make.isPending} error={make.error} send={make.mutate} leave={() => setMaking(false)} />}
      {trouble && <Trouble error={trouble} again={() => void targets.refetch()} />}
      {targets.data?.items.length === 0 && !making && <p className="muted">{t('platforms.forward-none')}</p>}
      {targets.data && targets.data.items.length > 0 && (
        <TableBox labelledBy="forwards-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('platforms.forward-target')}</th>
                <th scope="col">{t('platforms.forward-state')}</th>
                <th scope="col" className="number">{t('platforms.forward-sent')}</th>
                <th scope="col" className="number">{t('platforms.forward-aside')}</th>
                <th scope="col"><span className="only-read">{t('platforms.acts')}</span></th>
              </tr>
            </thead>
            <tbody>
              {targets.data.items.map((one) => (
                <Fragment key={one.id}>
                  <tr>
                    <th scope="row">
                      {one.name} {one.withIdentities && <span className="tag">{t('platforms.forward-named')}</span>}
                      <span className="scope-line muted small">{one.url}</span>
                      {filterOf(one) !== '' && <span className="scope-line muted small">{t('platforms.forward-filter', { what: filterOf(one) })}</span>}
                    </th>
                    <td>{stateOf(one)}</td>
                    <td className="number">{formats.number(one.sent)}</td>
                    <td className="number">{formats.number(one.setAside)}</td>
                    <td className="row-acts">
                      <button type="button" className="link small" disabled={change.isPending} aria-label={t(one.active ? 'platforms.forward-pause-of' : 'platforms.forward-resume-of', { name: one.name })} onClick={() => change.mutate(one)}>{t(one.active ? 'platforms.forward-pause' : 'platforms.forward-resume')}</button>
                      <button type="button" className="link small" aria-label={t('platforms.forward-forget-of', { name: one.name })} onClick={() => { remove.reset(); setForgetting(one.id); }}>{t('platforms.forward-forget')}</button>
                    </td>
                  </tr>
                  {forgetting === one.id && (
                    <tr className="opened">
                      <td colSpan={5}>
                        <div className="stack" role="group" aria-labelledby="forget-title">
                          <p id="forget-title"><strong>{t('platforms.forward-forget-sure', { name: one.name })}</strong> {t('platforms.forward-forget-what')}</p>
                          {remove.error !== null && <Trouble error={remove.error} />}
                          <p className="acts">
                            <button type="button" className="primary" disabled={remove.isPending} onClick={() => remove.mutate(one)} autoFocus>{t('platforms.forward-forget-yes')}</button>
                            <button type="button" onClick={() => setForgetting(undefined)}>{t('platforms.leave')}</button>
                          </p>
                        </div>
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
} // prettier-ignore
