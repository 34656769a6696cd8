import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { firstStatements } from './first-statement.js';
import { LettersCard } from './letters-card.js';

/** Is my data arriving, and is it right? */
export function PlatformsPage() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const now = useNow(1_000);
  const query = useQuery({ queryKey: ['platforms'], queryFn: ({ signal }) => client.operations.platforms(undefined, { signal }), refetchInterval: 5_000 });
  const { data } = query;
  const latest = data?.items.map((one) => one.lastStatementAt).filter((at) => at !== null).sort().at(-1);
  return (
    <div className="platforms">
      <header className="place-head">
        <h1>{t('platforms.title')}</h1>
        {data && <p className="lead">{latest ? t('platforms.latest', { when: formats.ago(latest, now) }) : t('platforms.nothing')}</p>}
      </header>
      {query.error && !data && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={3} height={48} />}
      {data && (
        <div className="stack">
          <section className="card" aria-labelledby="keys-title">
            <h2 id="keys-title">{t('platforms.keys')}</h2>
            <div className="table-box" role="group" tabIndex={0} aria-labelledby="keys-title">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('platforms.name')}</th>
                    <th scope="col">{t('platforms.last')}</th>
                    <th scope="col" className="number">{t('platforms.day')}</th>
                    <th scope="col" className="number">{t('platforms.ever')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((one) => (
                    <tr key={one.credential}>
                      <th scope="row">
                        {one.name} {one.revoked && <span className="tag">{t('platforms.revoked')}</span>}
                      </th>
                      <td>{one.lastStatementAt ? formats.ago(one.lastStatementAt, now) : <span className="muted">{t('platforms.never')}</span>}</td>
                      <td className="number">{formats.number(one.statementsLastDay)}</td>
                      <td className="number">{formats.number(one.statements)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {data.unknownActors > 0 && <p className="notice">{t('platforms.unknown', { count: data.unknownActors })}</p>}
          </section>
          <section className="card" aria-labelledby="errors-title">
            <h2 id="errors-title">{t('platforms.errors')}</h2>
            {data.errors.length === 0 && <p className="muted">{t('platforms.no-errors')}</p>}
            {data.errors.length > 0 && (
              <div className="table-box" role="group" tabIndex={0} aria-labelledby="errors-title">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t('platforms.cause')}</th>
                      <th scope="col">{t('platforms.example')}</th>
                      <th scope="col">{t('platforms.last-time')}</th>
                      <th scope="col" className="number">{t('platforms.count')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.errors.map((one) => (
                      <tr key={`${one.source} ${one.step} ${one.reason}`}>
                        <th scope="row">{one.reason}</th>
                        <td><code>{one.example}</code></td>
                        <td className="when">{formats.ago(one.lastAt, now)}</td>
                        <td className="number">{formats.number(one.count)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </section>
          <LettersCard />
          <section className="card" aria-labelledby="start-title">
            <h2 id="start-title">{t('platforms.start')}</h2>
            <p className="about">{t('platforms.start-about')}</p>
            {firstStatements(location.origin).map(({ language, text }) => (
              <details key={language} open={language === 'curl'}>
                <summary>{language}</summary>
                <pre tabIndex={0}>{text}</pre>
              </details>
            ))}
          </section>
        </div>
      )}
    </div>
  );
} // prettier-ignore
