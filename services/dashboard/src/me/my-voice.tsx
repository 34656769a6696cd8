import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { tell } from '../app/toasts.js';

/** What a learner says of themselves: what they like, and what they want to be spared. Nothing of it is guessed. */
export function MyVoice({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = ['learner', learner, 'voice'];
  const voice = useQuery({ queryKey: key, queryFn: ({ signal }) => client.voice.get({ params: { learner } }, { signal }) });
  const after = {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['learner', learner] }),
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble' as const, until: null, undo: null }),
  };
  const like = useMutation({ mutationFn: (interests: string[]) => client.voice.interests({ params: { learner }, body: { interests } }), ...after });
  const spare = useMutation({ mutationFn: (body: { streaks: boolean; nudges: boolean }) => client.voice.preferences({ params: { learner }, body }), ...after });
  if (!voice.data) return null;
  const { interests, choices, streaks, nudges, allowed } = voice.data;
  const turn = (choice: string) => like.mutate(interests.includes(choice) ? interests.filter((one) => one !== choice) : [...interests, choice]);
  return (
    <section className="card" aria-labelledby="me-voice">
      <h2 id="me-voice">{t('voice.title')}</h2>
      <p className="about">{t('voice.about')}</p>
      <div className="chips" role="group" aria-label={t('voice.likes')}>
        {choices.map((choice) => (
          <button key={choice} type="button" className="chip" aria-pressed={interests.includes(choice)} disabled={like.isPending} onClick={() => turn(choice)}>
            {choice}
          </button>
        ))}
      </div>
      {(allowed.streaks || allowed.nudges) && (
        <div className="spared">
          {allowed.streaks && (
            <label>
              <input type="checkbox" checked={streaks} disabled={spare.isPending} onChange={(event) => spare.mutate({ streaks: event.target.checked, nudges })} />
              {t('voice.streaks')}
            </label>
          )}
          {allowed.nudges && (
            <label>
              <input type="checkbox" checked={nudges} disabled={spare.isPending} onChange={(event) => spare.mutate({ streaks, nudges: event.target.checked })} />
              {t('voice.nudges')}
            </label>
          )}
        </div>
      )}
    </section>
  );
} // prettier-ignore
