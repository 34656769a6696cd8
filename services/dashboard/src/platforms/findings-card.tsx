import { type PlatformFinding } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { indented } from './indented.js';
import { TableBox } from '../parts/table-box.js';

interface FindingsCardProps {
  readonly findings: readonly PlatformFinding[];
  readonly nameOf: (credential: string) => string;
  readonly now: number;
}

/** What platforms get wrong, by cause: refused first, then what could be better. */
export function FindingsCard({ findings, nameOf, now }: FindingsCardProps) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const clear = useMutation({
    mutationFn: (credential: string) => client.platforms.clear({ params: { credential } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['platforms-live'] }),
  });
  const rows = findings.toSorted((a, b) => b.kind.localeCompare(a.kind) || b.lastAt.localeCompare(a.lastAt));
  const senders = [...new Set(findings.map(({ credential }) => credential))];
  return (
    <section className="card" aria-labelledby="errors-title">
      <h2 id="errors-title">{t('platforms.errors')}</h2>
      <p className="about">{t('platforms.errors-about')}</p>
      {rows.length === 0 && <p className="muted">{t('platforms.no-errors')}</p>}
      {clear.error !== null && <Trouble error={clear.error} />}
      {rows.length > 0 && (
        <>
          <TableBox labelledBy="errors-title" className="findings">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('platforms.cause')}</th>
                  <th scope="col">{t('platforms.platform')}</th>
                  <th scope="col">{t('platforms.effect')}</th>
                  <th scope="col">{t('platforms.last-time')}</th>
                  <th scope="col" className="number">{t('platforms.count')}</th>
                  <th scope="col"><span className="only-read">{t('platforms.acts')}</span></th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => {
                  const key = `${one.credential} ${one.finding}`;
                  return (
                    <Fragment key={key}>
                      <tr>
                        <th scope="row" className="finding-cause">{one.path && <code>{one.path}</code>} {one.message}</th>
                        <td>{nameOf(one.credential)}</td>
                        <td><span className={one.kind === 'refused' ? 'tag urgent' : 'tag'}>{one.kind === 'refused' ? t('platforms.refused', { status: one.status ?? '' }) : t('platforms.advice')}</span></td>
                        <td className="when">{formats.ago(one.lastAt, now)}</td>
                        <td className="number">{formats.number(one.count)}</td>
                        <td className="row-acts">
                          {one.hasExample && (
                            <button type="button" className="link small" aria-expanded={open === key} onClick={() => setOpen(open === key ? undefined : key)}>{t('platforms.example')}</button>
                          )}
                        </td>
                      </tr>
                      {open === key && (
                        <tr className="opened"><td colSpan={6}><Example of={one} /></td></tr>
                      )}
                    </Fragment>
                  );
                })}
              </tbody>
            </table>
          </TableBox>
          <p className="chips">
            {senders.map((credential) => (
              <button key={credential} type="button" className="link small" disabled={clear.isPending} onClick={() => clear.mutate(credential)}>{t('platforms.clear', { name: nameOf(credential) })}</button>
            ))}
          </p>
        </>
      )}
    </section>
  );
} // prettier-ignore

/** The latest body that was so. Opening it is recorded, since it may name people. */
function Example({ of: { credential, finding } }: { readonly of: PlatformFinding }) {
  const { t } = useTranslation();
  const example = useQuery({
    queryKey: ['finding', credential, finding],
    queryFn: ({ signal }) => client.platforms.example({ params: { credential, finding } }, { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (example.error) return <Trouble error={example.error} again={() => void example.refetch()} />;
  if (!example.data) return <Waiting rows={1} height={24} />;
  return (
    <div>
      <p className="muted small">{t('platforms.holds')}</p>
      <pre tabIndex={0}>{indented(example.data.text)}</pre>
    </div>
  );
}
