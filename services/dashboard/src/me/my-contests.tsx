import { inLanguage, masteryContestReasons } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client, isProblem, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { useNow } from '../app/use-now.js';
import { textOf } from '../parts/fields.js';

/** "This looks wrong" about what is said of a skill. */
export function ContestSkill({ learner, skill }: { readonly learner: string; readonly skill: string }) {
  const { t } = useTranslation();
  const { session } = useReader();
  const queries = useQueryClient();
  const contest = useMutation({
    mutationFn: (body: Parameters<typeof client.voice.contest>[0]['body']) => client.voice.contest({ params: { learner }, body }),
    onSuccess: async () => {
      tell({ text: t('me.contest-done'), tone: 'done', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: ['learner', learner, 'contests'] });
    },
    onError: (error) => tell({ text: t(isProblem(error, 'conflict') ? 'contest.already' : 'toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  if (!mayUse(session, ['learner', 'guardian']) || contest.isSuccess) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const reason = masteryContestReasons.find((code) => code === fields.get('reason')) ?? 'other';
    const note = textOf(fields, 'note');
    contest.mutate(note === '' ? { skill, reason } : { skill, reason, note });
  };
  return (
    <details className="contest-skill">
      <summary>{t('me.contest')}</summary>
      <form className="act-form" onSubmit={submit}>
        <label className="field">
          {t('me.contest-why')}
          <select name="reason">
            {masteryContestReasons.map((code) => (
              <option key={code} value={code}>
                {t(`contest.why-${code}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('act.note-optional')}
          <textarea name="note" rows={2} maxLength={2_000} />
        </label>
        <div className="act-end">
          <button type="submit" className="primary" disabled={contest.isPending}>
            {t('me.contest-send')}
          </button>
        </div>
      </form>
    </details>
  );
} // prettier-ignore

/** What a learner held to be wrong, and what a person answered. */
export function MyContests({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const now = useNow();
  const contests = useQuery({ queryKey: ['learner', learner, 'contests'], queryFn: ({ signal }) => client.voice.contests({ params: { learner } }, { signal }) });
  const items = contests.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="me-contests">
      <h2 id="me-contests">{t('contest.mine')}</h2>
      <ul className="contest-list">
        {items.map(({ contest, title, reason, at, answer, reply, answeredBy, answeredAt }) => (
          <li key={contest}>
            <h3>{inLanguage(locale, title)}</h3>
            <p className="small muted">
              {t(`contest.why-${reason}`)} · {formats.ago(at, now)}
            </p>
            {answer === null ? <p>{t('contest.waits')}</p> : <p>{t(`contest.answer-${answer}`)}</p>}
            {reply !== null && <blockquote>{reply}</blockquote>}
            {answeredBy?.name && answeredAt !== null && <p className="small muted">{t('contest.by', { name: answeredBy.name, ago: formats.ago(answeredAt, now) })}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
} // prettier-ignore
