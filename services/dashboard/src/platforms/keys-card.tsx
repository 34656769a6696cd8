import { type Key, type Platforms, type PlatformsLive } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { Sparkline } from '../parts/sparkline-view.js';
import { KeyForm, type KeyWish } from './key-form.js';
import { type MadeKey, NewKey } from './new-key.js';
import { RevokeKey } from './revoke-key.js';
import { TableBox } from '../parts/table-box.js';

interface KeysCardProps {
  readonly platforms: Platforms;
  readonly live: PlatformsLive | undefined;
  readonly now: number;
}
type Doing = { readonly what: 'make' } | { readonly what: 'change' | 'revoke'; readonly id: string };

/** Which platforms may send, whether they do, and what may be done about it. */
export function KeysCard({ platforms, live, now }: KeysCardProps) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const queries = useQueryClient();
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => client.keys.list(undefined, { signal }) });
  const [doing, setDoing] = useState<Doing>();
  const [made, setMade] = useState<MadeKey>();
  const [all, setAll] = useState(false);
  const again = () => Promise.all(['keys', 'platforms', 'platforms-live'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const done = async (text: string) => {
    setDoing(undefined);
    tell({ text, tone: 'done', until: null, undo: null });
    await again();
  };
  const make = useMutation({
    mutationFn: (wish: KeyWish) => client.keys.create({ body: wish }),
    onSuccess: async (key) => {
      setDoing(undefined);
      setMade(key);
      await again();
    },
  });
  const change = useMutation({
    mutationFn: ({ id, wish }: { readonly id: string; readonly wish: KeyWish }) => client.keys.change({ params: { id }, body: wish }),
    onSuccess: ({ name }) => done(t('platforms.changed', { name })),
  });
  const revoke = useMutation({
    mutationFn: ({ id }: Key) => client.keys.revoke({ params: { id } }),
    onSuccess: (_, { name }) => done(t('platforms.revoked-now', { name })),
  });
  const byId = new Map(keys.data?.items.map((key) => [key.id, key]));
  const begin = (next: Doing) => {
    change.reset();
    revoke.reset();
    setDoing(next);
  };
  const revoked = platforms.items.filter((one) => one.revoked).length;
  const rows = platforms.items.filter((one) => all || !one.revoked).toSorted((a, b) => Number(a.revoked) - Number(b.revoked));
  return (
    <section className="card" aria-labelledby="keys-title">
      <div className="card-head">
        <h2 id="keys-title">{t('platforms.keys')}</h2>
        {doing?.what !== 'make' && !made && (
          <button type="button" className="primary" onClick={() => { make.reset(); begin({ what: 'make' }); }}>{t('platforms.new')}</button>
        )}
      </div>
      {doing?.what === 'make' && <KeyForm busy={make.isPending} error={make.error} send={make.mutate} leave={() => setDoing(undefined)} />}
      {made && <NewKey made={made} live={live} leave={() => setMade(undefined)} />}
      {rows.length === 0 && !doing && !made && <p className="muted">{t('platforms.no-keys')}</p>}
      {rows.length > 0 && (
        <TableBox labelledBy="keys-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('platforms.name')}</th>
                <th scope="col">{t('platforms.last')}</th>
                <th scope="col">{t('platforms.hour')}</th>
                <th scope="col" className="number later">{t('platforms.day')}</th>
                <th scope="col" className="number later">{t('platforms.ever')}</th>
                <th scope="col" className="later">{t('platforms.seen')}</th>
                <th scope="col"><span className="only-read">{t('platforms.acts')}</span></th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => {
                const key = byId.get(one.credential);
                const lively = live?.items.find(({ credential }) => credential === one.credential);
                const last = [one.lastStatementAt, lively?.lastStatementAt].filter((at) => typeof at === 'string').sort().at(-1);
                const hour = lively?.minutes.reduce((sum, count) => sum + count, 0) ?? 0;
                return (
                  <Fragment key={one.credential}>
                    <tr>
                      <th scope="row">
                        {one.name} {one.revoked && <span className="tag">{t('platforms.revoked')}</span>}
                        {one.silentSince && !one.revoked && <span className="tag">{t('platforms.silent-since', { day: formats.day(one.silentSince) })}</span>}
                        {key && <span className="scope-line muted small">{key.scopes.join(', ')}</span>}
                      </th>
                      <td className="when">{last ? formats.ago(last, now) : t('platforms.never')}</td>
                      <td className="hour">
                        {hour > 0 && lively && <Sparkline figures={lively.minutes.map((value) => ({ is: 'value', value }))} label={t('platforms.hour-line', { name: one.name })} />}
                        <span className="number">{formats.number(hour)}</span>
                      </td>
                      <td className="number later">{formats.number(one.statementsLastDay)}</td>
                      <td className="number later">{formats.number(one.statements)}</td>
                      <td className="when later">{one.lastSeenAt ? formats.ago(one.lastSeenAt, now) : t('platforms.never')}</td>
                      <td className="row-acts">
                        {key && !one.revoked && (
                          <>
                            <button type="button" className="link small" aria-label={t('platforms.change-of', { name: one.name })} onClick={() => begin({ what: 'change', id: key.id })}>{t('platforms.change')}</button>
                            <button type="button" className="link small" aria-label={t('platforms.revoke-of', { name: one.name })} onClick={() => begin({ what: 'revoke', id: key.id })}>{t('platforms.revoke')}</button>
                          </>
                        )}
                      </td>
                    </tr>
                    {key && doing && doing.what !== 'make' && doing.id === key.id && (
                      <tr className="opened">
                        <td colSpan={7}>
                          {doing.what === 'change' && <KeyForm of={key} busy={change.isPending} error={change.error} send={(wish) => change.mutate({ id: key.id, wish })} leave={() => setDoing(undefined)} />}
                          {doing.what === 'revoke' && <RevokeKey name={key.name} busy={revoke.isPending} error={revoke.error} go={() => revoke.mutate(key)} leave={() => setDoing(undefined)} />}
                        </td>
                      </tr>
                    )}
                  </Fragment>
                );
              })}
            </tbody>
          </table>
        </TableBox>
      )}
      {revoked > 0 && (
        <p><button type="button" className="link small" aria-pressed={all} onClick={() => setAll(!all)}>{t(all ? 'platforms.hide-revoked' : 'platforms.show-revoked', { count: revoked })}</button></p>
      )}
      {platforms.heldAlerts > 0 && <p className="notice">{t('platforms.held', { count: platforms.heldAlerts })}</p>}
      {platforms.unknownActors > 0 && <p className="notice">{t('platforms.unknown', { count: platforms.unknownActors })}</p>}
    </section>
  );
} // prettier-ignore
