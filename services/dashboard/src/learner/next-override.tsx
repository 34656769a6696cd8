import { inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';
import { useKnowledge } from '../practice/use-knowledge.js';

const WEEK_MS = 7 * 86_400_000;

/** What comes next for a learner, and a teacher's word over it. */
export function NextOverride({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale, formats, session } = useReader();
  const queries = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const params = { learner };
  const key = ['learner', learner];
  const next = useQuery({ queryKey: [...key, 'next', locale], queryFn: ({ signal }) => client.knowledge.next({ params, query: { limit: 3, locale } }, { signal }) });
  const override = useQuery({ queryKey: [...key, 'override'], queryFn: ({ signal }) => client.assigning.override({ params }, { signal }) });
  const skills = useKnowledge(learner);
  const after = {
    onSuccess: async () => {
      setChoosing(false);
      await queries.invalidateQueries({ queryKey: key });
    },
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble' as const, until: null, undo: null }),
  };
  const put = useMutation({ mutationFn: (body: Parameters<typeof client.assigning.put>[0]['body']) => client.assigning.put({ params, body }), ...after });
  const release = useMutation({ mutationFn: () => client.assigning.release({ params }), ...after });
  const items = next.data?.items ?? [];
  if (items.length === 0) return null;
  const current = override.data?.current ?? null;
  const teaches = mayUse(session, ['teacher', 'admin']);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    put.mutate({ skill: textOf(fields, 'skill'), until: textOf(fields, 'until'), reason: textOf(fields, 'reason') });
  };
  return (
    <section className="card" aria-labelledby="learner-next">
      <h2 id="learner-next">{t('override.title')}</h2>
      <ul className="reasons">
        {items.map(({ item, because }) => (
          <li key={item.item}>
            {inLanguage(locale, item.title)}: {because}
          </li>
        ))}
      </ul>
      {current && (
        <p>
          {t('override.current', { skill: inLanguage(locale, current.title), name: current.by.name ?? t('person.unnamed'), until: formats.day(current.until) })}
          {current.reason !== '' && ` “${current.reason}”`}
        </p>
      )}
      {teaches && !choosing && (
        <div className="act-end">
          <button type="button" onClick={() => setChoosing(true)}>
            {t('override.choose')}
          </button>
          {current && (
            <button type="button" className="quiet" disabled={release.isPending} onClick={() => release.mutate()}>
              {t('override.release')}
            </button>
          )}
        </div>
      )}
      {choosing && (
        <form className="act-form" onSubmit={submit}>
          <label className="field">
            {t('override.skill')}
            <select name="skill">
              {skills.data?.skills.map(({ skill, title }) => (
                <option key={skill} value={skill}>
                  {inLanguage(locale, title)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            {t('override.until')}
            <input type="date" name="until" required min={new Date().toISOString().slice(0, 10)} defaultValue={new Date(Date.now() + WEEK_MS).toISOString().slice(0, 10)} />
          </label>
          <label className="field">
            {t('override.why')}
            <input name="reason" required maxLength={500} />
          </label>
          <div className="act-end">
            <button type="submit" className="primary" disabled={put.isPending}>
              {t('override.put')}
            </button>
            <button type="button" className="quiet" onClick={() => setChoosing(false)}>
              {t('act.leave')}
            </button>
          </div>
        </form>
      )}
    </section>
  );
} // prettier-ignore
