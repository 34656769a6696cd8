import { inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';

/** What a learner says of themselves: what they like, and what they want to be spared. Nothing of it is guessed. */
export function MyVoice({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { session, locale } = useReader();
  const queries = useQueryClient();
  const key = ['learner', learner, 'voice'];
  const voice = useQuery({ queryKey: key, queryFn: ({ signal }) => client.voice.get({ params: { learner } }, { signal }) });
  const after = {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['learner', learner] }),
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble' as const, until: null, undo: null }),
  };
  const like = useMutation({ mutationFn: (interests: string[]) => client.voice.interests({ params: { learner }, body: { interests } }), ...after });
  const spare = useMutation({ mutationFn: (body: { streaks: boolean; nudges: boolean }) => client.voice.preferences({ params: { learner }, body }), ...after });
  // What a guardian says is a fact that has to be folded first: what they said is shown until it is.
  const agree = useMutation({ mutationFn: (granted: boolean) => client.nudges.consent({ params: { learner }, body: { granted } }), onError: after.onError });
  if (!voice.data) return null;
  const { interests, choices, titles, streaks, nudges, allowed, consent } = voice.data;
  const agreed = agree.isError || agree.variables === undefined ? consent.given : agree.variables;
  const guards = mayUse(session, ['guardian']);
  const turn = (choice: string) => like.mutate(interests.includes(choice) ? interests.filter((one) => one !== choice) : [...interests, choice]);
  return (
    <section className="card" aria-labelledby="me-voice">
      <h2 id="me-voice">{t('voice.title')}</h2>
      <p className="about">{t('voice.about')}</p>
      <div className="chips" role="group" aria-label={t('voice.likes')}>
        {choices.map((choice) => (
          <button key={choice} type="button" className="chip" aria-pressed={interests.includes(choice)} disabled={like.isPending} onClick={() => turn(choice)}>
            {inLanguage(locale, titles[choice] ?? { en: choice })}
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
          {allowed.nudges && consent.needed && guards && (
            <label>
              <input type="checkbox" checked={agreed} disabled={agree.isPending} onChange={(event) => agree.mutate(event.target.checked)} />
              {t('voice.agree')}
            </label>
          )}
          {allowed.nudges && consent.needed && !guards && !agreed && <p className="small muted">{t('voice.not-agreed')}</p>}
        </div>
      )}
    </section>
  );
} // prettier-ignore
