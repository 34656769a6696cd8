import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { indented } from './indented.js';

/** A letter with what it holds, and why it was not taken beside it. Opening it is recorded, since it may name people. */
export function OpenLetter({ id, reason, done }: { readonly id: string; readonly reason: string; readonly done: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [repaired, setRepaired] = useState<string>();
  const opened = useQuery({ queryKey: ['dead-letter', id], queryFn: ({ signal }) => client.operations.openLetter({ params: { letter: id } }, { signal }), staleTime: Infinity, refetchOnWindowFocus: false });
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
  const wrong = refused ? refused.errors : reason.split('; ').map((each) => ({ path: each.slice(0, each.indexOf(' ')), message: each.slice(each.indexOf(' ') + 1) }));
  return (
    <div className="stack">
      {trouble && <Trouble error={trouble} again={() => void opened.refetch()} />}
      {opened.isPending && <Waiting rows={1} height={48} />}
      {data && (
        <div className="letter">
          <label className="field">
            <span>{t('platforms.holds')}</span>
            <textarea rows={14} spellCheck={false} readOnly={!data.resendable} value={repaired ?? indented(data.text)} onChange={(event) => setRepaired(event.target.value)} />
          </label>
          <div role={refused ? 'alert' : undefined}>
            <h3>{t(refused ? 'platforms.still-wrong' : 'platforms.wrong')}</h3>
            {refused && <p>{refused.reason}</p>}
            <ul>{wrong.map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code> {message}</li>)}</ul>
          </div>
        </div>
      )}
      {data && (
        <p className="acts">
          {data.resendable && (
            <button type="button" className="primary" disabled={resend.isPending} onClick={() => resend.mutate()}>
              {t(repaired === undefined ? 'platforms.resend' : 'platforms.resend-repaired')}
            </button>
          )}
          <button type="button" disabled={dismiss.isPending} onClick={() => dismiss.mutate()}>{t('platforms.dismiss')}</button>
        </p>
      )}
    </div>
  );
} // prettier-ignore
