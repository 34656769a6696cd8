import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Trouble } from '../parts/trouble.js';
import { TableBox } from '../parts/table-box.js';

/** Jobs that the texts have names for. */
const jobs = ['risk', 'alerts', 'observe', 'mastery'] as const;

/** What ran, as of when, and how it ended. */
export function JobRuns() {
  const { t } = useTranslation();
  const { formats } = useReader();
  const now = useNow();
  const runs = useQuery({ queryKey: ['job-runs'], queryFn: ({ signal }) => client.operations.jobRuns({ query: { limit: 20 } }, { signal }), refetchInterval: 30_000 });
  if (runs.error && !runs.data) return <Trouble error={runs.error} again={() => void runs.refetch()} />;
  return (
    <section className="card" aria-labelledby="runs-title">
      <h2 id="runs-title">{t('runs.title')}</h2>
      {runs.data?.items.length === 0 && <p className="muted">{t('runs.none')}</p>}
      {runs.data && runs.data.items.length > 0 && (
        <TableBox labelledBy="runs-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('runs.job')}</th>
                <th scope="col">{t('runs.outcome')}</th>
                <th scope="col">{t('runs.as-of')}</th>
                <th scope="col">{t('runs.started')}</th>
                <th scope="col" className="number">{t('runs.took')}</th>
              </tr>
            </thead>
            <tbody>
              {runs.data.items.map((run) => (
                <tr key={run.id}>
                  <th scope="row">{jobs.some((one) => one === run.job) ? t(`runs.job-${run.job as (typeof jobs)[number]}`) : run.job}</th>
                  <td>
                    <span className={run.outcome === 'failed' ? 'tag urgent' : 'tag'}>{t(`runs.${run.outcome ?? 'running'}`)}</span>
                    {run.reason && <span className="muted small"> {run.reason}</span>}
                  </td>
                  <td className="when">{formats.moment(run.asOf)}</td>
                  <td className="when">{formats.ago(run.startedAt, now)}</td>
                  <td className="number">{run.durationMs === null ? '' : formats.duration(run.durationMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
} // prettier-ignore
