import { type Contest, contestAnswers, inLanguage, type QueuedAnswer } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { useNow } from '../app/use-now.js';
import { textOf } from '../parts/fields.js';
import { Name } from '../parts/name.js';

const SHOWN = 5;

const useDone = (key: readonly string[]) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return {
    onSuccess: async () => {
      tell({ text: t('waiting.done'), tone: 'done', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: key });
    },
    onError: async () => {
      tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: key });
    },
  };
};

/** What learners hold to be wrong, and waits for a person. */
export function WaitingContests() {
  const { t } = useTranslation();
  const contests = useQuery({ queryKey: ['contests'], queryFn: ({ signal }) => client.voice.open(undefined, { signal }) });
  const items = contests.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="contests">
      <h2 id="contests">{t('waiting.contests', { count: items.length })}</h2>
      <p className="about">{t('waiting.contests-about')}</p>
      <ul className="contest-list">
        {items.slice(0, SHOWN).map((contest) => (
          <OneContest key={contest.contest} contest={contest} />
        ))}
      </ul>
    </section>
  );
}

function OneContest({ contest: { contest, version, learner, title, reason, note, shown, at } }: { readonly contest: Contest }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const now = useNow();
  const answer = useMutation({
    mutationFn: (body: Parameters<typeof client.voice.answer>[0]['body']) => client.voice.answer({ params: { learner: learner.token, contest }, body }),
    ...useDone(['contests']),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const chosen = contestAnswers.find((one) => one === fields.get('answer')) ?? 'looked-again';
    const reply = textOf(fields, 'reply');
    answer.mutate(reply === '' ? { version, answer: chosen } : { version, answer: chosen, reply });
  };
  return (
    <li>
      <h3>
        <Name person={learner} /> · {inLanguage(locale, title)}
      </h3>
      <p>
        {t(`contest.why-${reason}`)} <span className="muted small">{formats.ago(at, now)}</span>
      </p>
      {note !== null && <blockquote>{note}</blockquote>}
      <p className="small muted">
        {t('waiting.shown', { level: t(`mastery.level-${shown.level ?? 'none'}`) })} · {t('mastery.answers', { count: shown.evidence })}
      </p>
      <details>
        <summary>{t('waiting.answer')}</summary>
        <form className="act-form" onSubmit={submit}>
          <label className="field">
            {t('waiting.what')}
            <select name="answer" defaultValue="looked-again">
              {contestAnswers.map((code) => (
                <option key={code} value={code}>
                  {t(`contest.answer-${code}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            {t('waiting.reply')}
            <textarea name="reply" rows={2} maxLength={2_000} />
          </label>
          <div className="act-end">
            <button type="submit" className="primary" disabled={answer.isPending}>
              {t('waiting.send')}
            </button>
          </div>
        </form>
      </details>
    </li>
  );
} // prettier-ignore

/** Open answers that could not be graded surely. */
export function WaitingAnswers() {
  const { t } = useTranslation();
  const queue = useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => client.assigning.queue(undefined, { signal }),
    refetchInterval: 30_000,
  });
  const items = queue.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="queue">
      <h2 id="queue">{t('waiting.answers', { count: queue.data!.waiting })}</h2>
      <p className="about">{t('waiting.answers-about')}</p>
      <ul className="contest-list">
        {items.slice(0, SHOWN).map((item) => (
          <OneAnswer key={item.answer} item={item} />
        ))}
      </ul>
    </section>
  );
}

const reasons = ['unreadable-answer', 'unreadable-key', 'nearly', 'not-proven', 'free-text', 'no-key', 'key-came-later'] as const;
const whyOf = (because: string) => reasons.find((one) => one === because) ?? 'free-text';
const marks = [1, 0.5, 0] as const;
const nameOfMark = (share: number) => (share === 1 ? 'right' : share === 0 ? 'wrong' : 'partly');

function OneAnswer({ item: { answer, version, learner, question, title, response, expected, suggestion, because } }: { readonly item: QueuedAnswer }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const mark = useMutation({
    mutationFn: (share: number) => client.assigning.mark({ params: { learner: learner.token, answer }, body: { version, share } }),
    ...useDone(['queue']),
  });
  const suggested = suggestion === null ? null : marks.reduce((best, one) => (Math.abs(one - suggestion) < Math.abs(best - suggestion) ? one : best));
  return (
    <li>
      <h3>{question === null ? inLanguage(locale, title) : inLanguage(locale, question)}</h3>
      <blockquote>{response ?? t('waiting.erased')}</blockquote>
      <p className="small muted">
        <Name person={learner} />
        {expected !== null && ` · ${t('waiting.expected', { expected })}`}
        {` · ${t(`waiting.because-${whyOf(because)}`)}`}
      </p>
      <div className="act-end" role="group" aria-label={t('waiting.mark')}>
        {marks.map((share) => (
          <button key={share} type="button" className={share === suggested ? 'suggested' : undefined} disabled={mark.isPending} onClick={() => mark.mutate(share)}>
            {t(`waiting.mark-${nameOfMark(share)}`)}
            {share === suggested && <span className="small"> {t('waiting.suggested')}</span>}
          </button>
        ))}
      </div>
    </li>
  );
} // prettier-ignore
