import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { Examples } from './examples.js';
import { FindingsCard } from './findings-card.js';
import { ForwardsCard } from './forwards-card.js';
import { KeysCard } from './keys-card.js';
import { LettersCard } from './letters-card.js';
import { StatementsCard } from './statements-card.js';
import './platforms.css';

/** Is my data arriving, and is it right? */
export function PlatformsPage() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const now = useNow(1_000);
  const query = useQuery({ queryKey: ['platforms'], queryFn: ({ signal }) => client.operations.platforms(undefined, { signal }), refetchInterval: 30_000 });
  const live = useQuery({ queryKey: ['platforms-live'], queryFn: ({ signal }) => client.platforms.live(undefined, { signal }), refetchInterval: 2_000 });
  const { data } = query;
  const moments = [...(data?.items ?? []), ...(live.data?.items ?? [])].map((one) => one.lastStatementAt);
  const latest = moments.filter((at) => at !== null).sort().at(-1);
  const hour = live.data?.items.reduce((sum, { minutes }) => sum + minutes.reduce((all, count) => all + count, 0), 0) ?? 0;
  const refused = live.data?.findings.filter(({ kind, lastAt }) => kind === 'refused' && now - Date.parse(lastAt) < 3_600_000).length ?? 0;
  const nameOf = (credential: string) => data?.items.find((one) => one.credential === credential)?.name ?? credential;
  return (
    <div className="platforms">
      <header className="place-head">
        <h1>{t('platforms.title')}</h1>
        {data && (
          <p className="lead">
            {latest ? t('platforms.latest', { when: formats.ago(latest, now) }) : t('platforms.nothing')} {latest && live.data && t('platforms.hour-said', { count: hour, n: formats.number(hour) })}{' '}
            {latest && live.data && (refused > 0 ? t('platforms.refused-said', { count: refused }) : t('platforms.refused-none'))}
          </p>
        )}
      </header>
      {query.error && !data && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={3} height={48} />}
      {data && (
        <div className="stack">
          <KeysCard platforms={data} live={live.data} now={now} />
          {live.error && !live.data ? <Trouble error={live.error} again={() => void live.refetch()} /> : <FindingsCard findings={live.data?.findings ?? []} nameOf={nameOf} now={now} />}
          <StatementsCard platforms={data.items} now={now} />
          <LettersCard nameOf={nameOf} />
          <ForwardsCard platforms={data.items} />
          <section className="card" aria-labelledby="start-title">
            <h2 id="start-title">{t('platforms.start')}</h2>
            <p className="about">{t('platforms.start-about')}</p>
            <Examples />
          </section>
        </div>
      )}
    </div>
  );
} // prettier-ignore
