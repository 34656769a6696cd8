import { type StatementRow } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPlatforms } from '../app/addresses.js';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { StatementView } from './statement-view.js';

interface StatementsCardProps {
  readonly platforms: readonly { readonly credential: string; readonly name: string }[];
  readonly now: number;
}

/** What the address says from now on; undefined takes a filter away. */
type Change = Partial<Record<'platform' | 'verb' | 'activity' | 'since' | 'statement', string | undefined>>;

const HOUR_MS = 3_600_000;
/** How far back one may look, in hours. */
const SPANS = [1, 24, 168, 720] as const;

const LOOK_MS = 2_000;
const PAGE = 15;

/**
 * What platforms send, the latest first, as it comes. Turning to older ones or asking who acted holds the stream: what is read
 * then stays where it is, and a name is read (and recorded) once for what is on the screen.
 */
export function StatementsCard({ platforms, now }: StatementsCardProps) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const search = useSearch({ from: '/signed-in/platforms' });
  const navigate = useNavigate({ from: '/platforms' });
  const [held, setHeld] = useState(false);
  const [names, setNames] = useState(false);
  const [older, setOlder] = useState<readonly string[]>([]);
  const { platform, verb, activity, since, statement } = search;
  const filter = { limit: PAGE, ...(platform && { platform }), ...(verb && { verb }), ...(activity && { activity }), ...(since && { since }), ...(names && { names: 'true' as const }) };
  const still = held || names || older.length > 0;
  const first = useQuery({
    queryKey: ['statements', filter],
    queryFn: ({ signal }) => client.statements.list({ query: filter }, { signal }),
    refetchInterval: still ? false : LOOK_MS,
    refetchOnWindowFocus: !still,
    staleTime: still ? Infinity : 0,
    placeholderData: (before) => before,
  });
  const show = (change: Change) => {
    if (!('statement' in change)) setOlder([]);
    void navigate({ search: readPlatforms({ ...search, ...change }), replace: true, resetScroll: false });
  };
  const flow = () => {
    setHeld(!still);
    setNames(false);
    setOlder([]);
  };
  const pages = { filter, now, open: statement, nameOf: (credential: string) => platforms.find((one) => one.credential === credential)?.name ?? credential, names, show };
  const { data } = first;
  return (
    <section className="card" aria-labelledby="stream-title">
      <div className="card-head">
        <h2 id="stream-title">{t('platforms.stream')}</h2>
        <span className={still ? 'tag' : 'tag new'} role="status">{t(still ? 'platforms.stream-held' : 'platforms.stream-live')}</span>
      </div>
      <p className="about">{t('platforms.stream-about')}</p>
      <div className="filters">
        <select aria-label={t('platforms.platform')} value={platform ?? ''} onChange={(event) => show({ platform: event.target.value || undefined })}>
          <option value="">{t('platforms.all-platforms')}</option>
          {platforms.map((one) => <option key={one.credential} value={one.credential}>{one.name}</option>)}
        </select>
        <select aria-label={t('platforms.since')} value={since ? 'chosen' : ''} onChange={({ target: { value } }) => show({ since: value === '' ? undefined : new Date(now - Number(value) * HOUR_MS).toISOString() })}>
          <option value="">{t('platforms.since-ever')}</option>
          {since && <option value="chosen" disabled>{t('platforms.since-moment', { moment: formats.moment(since) })}</option>}
          {SPANS.map((hours) => <option key={hours} value={hours}>{t(`platforms.since-${hours}`)}</option>)}
        </select>
        {(['verb', 'activity'] as const).map((name) => search[name] && (
          <button key={name} type="button" className="chip" onClick={() => show({ [name]: undefined })}>
            {t(`platforms.only-${name}`, { value: search[name] })} <span aria-hidden="true">×</span><span className="only-read">{t('platforms.drop')}</span>
          </button>
        ))}
        <button type="button" onClick={flow}>{t(still ? 'platforms.flow' : 'platforms.hold')}</button>
        <button type="button" aria-pressed={names} onClick={() => setNames(!names)}>{t(names ? 'platforms.names-off' : 'platforms.names-on')}</button>
      </div>
      {first.error && !data && <Trouble error={first.error} again={() => void first.refetch()} />}
      {first.isPending && <Waiting rows={5} height={10} />}
      {data?.items.length === 0 && <p className="muted">{t(platform || verb || activity || since ? 'platforms.none-such' : 'platforms.none-yet')}</p>}
      {data && data.items.length > 0 && (
        <ol className="stream">
          <Rows items={data.items} {...pages} />
          {older.map((cursor) => <Older key={cursor} cursor={cursor} {...pages} more={older.at(-1) === cursor} turn={(next) => setOlder([...older, next])} />)}
        </ol>
      )}
      {data?.next && older.length === 0 && <p><button type="button" onClick={() => setOlder([data.next!])}>{t('platforms.older')}</button></p>}
    </section>
  );
} // prettier-ignore

interface Shown {
  readonly now: number;
  readonly open: string | undefined;
  readonly names: boolean;
  readonly nameOf: (credential: string) => string;
  readonly show: (change: Change) => void;
}

interface OlderProps extends Shown {
  readonly cursor: string;
  readonly filter: object;
  readonly more: boolean;
  readonly turn: (next: string) => void;
}

function Older({ cursor, filter, more, turn, ...shown }: OlderProps) {
  const { t } = useTranslation();
  const query = { ...filter, cursor };
  const page = useQuery({ queryKey: ['statements', query], queryFn: ({ signal }) => client.statements.list({ query }, { signal }), staleTime: Infinity, refetchOnWindowFocus: false });
  const { data } = page;
  return (
    <>
      {page.error && !data && <li><Trouble error={page.error} again={() => void page.refetch()} /></li>}
      {page.isPending && <li><Waiting rows={3} height={10} /></li>}
      {data && <Rows items={data.items} {...shown} />}
      {more && data?.next && <li className="more"><button type="button" onClick={() => turn(data.next!)}>{t('platforms.older')}</button></li>}
    </>
  );
} // prettier-ignore

function Rows({ items, now, open, names, nameOf, show }: Shown & { readonly items: readonly StatementRow[] }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  return items.map((row) => {
    const object = row.object.kind === 'activity' ? row.object.words : t(`platforms.object-${row.object.kind}`);
    const who = row.actor.name ?? t('platforms.somebody', { token: row.actor.token.slice(-6) });
    const opened = open === row.id;
    return (
      <Fragment key={row.id}>
        <li className="said" data-open={opened}>
          <time dateTime={row.recordedAt} title={formats.moment(row.recordedAt)} className="when">{formats.ago(row.recordedAt, now)}</time>
          <p>
            <span className={row.actor.name ? '' : 'muted'}>{who}</span> <button type="button" className="link" title={row.verb.id} onClick={() => show({ verb: row.verb.id })}>{row.verb.words}</button>{' '}
            {row.object.kind === 'activity' ? <button type="button" className="link" title={row.object.id} onClick={() => show({ activity: row.object.id })}>{object}</button> : object}
            {row.correct !== null && <span className="tag">{t(row.correct ? 'platforms.right' : 'platforms.not-right')}</span>}
            {row.scaled !== null && <span className="tag">{formats.percent(row.scaled)}</span>}
            {row.voided && <span className="tag urgent">{t('platforms.voided')}</span>}
          </p>
          <span className="muted small from">{nameOf(row.credential)}</span>
          <button type="button" className="link small" aria-expanded={opened} aria-label={t('platforms.open-statement', { verb: row.verb.words, object })} onClick={() => show({ statement: opened ? undefined : row.id })}>{t(opened ? 'platforms.close' : 'platforms.open')}</button>
        </li>
        {opened && <li className="opened"><StatementView id={row.id} named={names} /></li>}
      </Fragment>
    );
  });
} // prettier-ignore
