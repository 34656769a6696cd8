import { type ModelSummary, routes } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';
import { useRecipeName } from './recipe-name.js';

type Outcome = 'promoted' | 'rejected';
const ruleRecipe = 'rule';

/** A person puts a model to use, keeps it, or turns it down, with a reason that stands in the history. Only admins are asked. */
export function DecideModel({ model }: { readonly model: ModelSummary }) {
  const { session } = useReader();
  return mayUse(session, routes.gate.decide.roles) ? <Decide key={model.model} {...model} /> : null;
}

function Decide({ model, recipe, inUse }: ModelSummary) {
  const { t } = useTranslation();
  const recipeName = useRecipeName();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Outcome | null>(null);
  const standing = useQuery({ queryKey: ['gate', 'standing'], queryFn: ({ signal }) => client.gate.standing(undefined, { signal }) });
  const lookAgain = () => void Promise.all([queries.invalidateQueries({ queryKey: ['gate'] }), queries.invalidateQueries({ queryKey: ['models'] }), queries.invalidateQueries({ queryKey: ['model'] })]);
  const decide = useMutation({
    mutationFn: ({ outcome, reason }: { readonly outcome: Outcome; readonly reason: string }) =>
      client.gate.decide({ params: { model }, body: { outcome, reason, inUse: standing.data?.model ?? null } }),
    onSuccess: () => {
      setAsked(null);
      tell({ text: t('what-if.decided'), tone: 'done', until: null, undo: null });
      lookAgain();
    },
  });
  if (!standing.data) return null;
  const ask = (outcome: Outcome | null) => {
    decide.reset();
    setAsked(outcome);
  };
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (asked) decide.mutate({ outcome: asked, reason: textOf(new FormData(event.currentTarget), 'reason') });
  };
  const does = (outcome: Outcome) => t(outcome === 'rejected' ? 'decide.reject' : inUse ? 'decide.keep' : 'decide.promote');
  const means = (outcome: Outcome) => t(outcome === 'promoted' ? 'decide.means-promoted' : inUse ? 'decide.means-rejected-in-use' : 'decide.means-rejected', { recipe: recipeName(recipe) });
  return (
    <>
      {decide.error && <Trouble error={decide.error} again={() => { decide.reset(); lookAgain(); }} />}
      {asked === null ? (
        <div className="case-acts">
          <button type="button" onClick={() => ask('promoted')}>{does('promoted')}</button>
          {/* Below the rule there is nothing to fall back to. */}
          {recipe !== ruleRecipe && <button type="button" onClick={() => ask('rejected')}>{does('rejected')}</button>}
        </div>
      ) : (
        <form className="decide" onSubmit={say}>
          <p>{means(asked)}</p>
          <label>
            {t('what-if.reason')}
            <textarea name="reason" required minLength={3} maxLength={2000} rows={2} />
          </label>
          <div className="case-acts">
            <button type="submit" className="primary" disabled={decide.isPending}>{does(asked)}</button>
            <button type="button" className="quiet" onClick={() => ask(null)}>{t('what-if.leave')}</button>
          </div>
        </form>
      )}
    </>
  );
} // prettier-ignore
