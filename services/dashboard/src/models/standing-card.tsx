import { type ModelOffer, routes } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';
import { useRecipeName } from './recipe-name.js';

/** What serves now, what is missing to learn more, and, for an admin without outcomes, whose model one may start from. */
export function StandingCard() {
  const { t } = useTranslation();
  const { session, formats } = useReader();
  const recipeName = useRecipeName();
  const standing = useQuery({ queryKey: ['gate', 'standing'], queryFn: ({ signal }) => client.gate.standing(undefined, { signal }) });
  const found = standing.data;
  const begins = found?.outcomes === 0;
  const mayBegin = begins && mayUse(session, routes.gate.borrow.roles);
  const offers = useQuery({ queryKey: ['gate', 'offers'], queryFn: ({ signal }) => client.gate.offers(undefined, { signal }), enabled: mayBegin });
  if (standing.error && !found) return <Trouble error={standing.error} again={() => void standing.refetch()} />;
  // Where a model serves and nothing is missing, the verdicts say all there is to say.
  if (!found || (found.serves === 'model' && found.missing.length === 0)) return null;
  const open = (offers.data?.items ?? []).filter(({ from }) => from !== found.borrowedFrom);
  return (
    <section className="card" aria-labelledby="standing-title">
      <h2 id="standing-title">{t('standing.title')}</h2>
      <p>{t(`standing.${found.serves}`, { recipe: recipeName(found.recipe ?? ''), from: found.borrowedFrom ?? '' })}</p>
      {found.missing.length > 0 && (
        <ul className="verdicts">
          {found.missing.map((what) => (
            <li key={what} data-tone="unknown"><span>{t(`standing.missing-${what}`, { outcomes: formats.number(found.outcomes) })}</span></li>
          ))}
        </ul>
      )}
      {mayBegin && offers.error && <Trouble error={offers.error} again={() => void offers.refetch()} />}
      {mayBegin && offers.data && open.length === 0 && found.borrowedFrom === null && <p className="muted small">{t('standing.no-offers')}</p>}
      {mayBegin && open.map((offer) => <Offer key={offer.from} offer={offer} inUse={found.model} />)}
    </section>
  );
} // prettier-ignore

function Offer({ offer, inUse }: { readonly offer: ModelOffer; readonly inUse: string | null }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const queries = useQueryClient();
  const recipeName = useRecipeName();
  const [asked, setAsked] = useState(false);
  const begin = useMutation({
    mutationFn: (reason: string) => client.gate.borrow({ body: { from: offer.from, reason, inUse } }),
    onSuccess: () => {
      setAsked(false);
      tell({ text: t('standing.chosen'), tone: 'done', until: null, undo: null });
      void queries.invalidateQueries({ queryKey: ['gate'] });
      void queries.invalidateQueries({ queryKey: ['models'] });
    },
  });
  const last = offer.weeks.at(-1);
  const of100 = (share: number | null | undefined): string => (share === null || share === undefined ? '–' : formats.number(100 * share));
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    begin.mutate(textOf(new FormData(event.currentTarget), 'reason'));
  };
  return (
    <div className="notice">
      <p>
        {t('standing.offer', {
          name: offer.name, recipe: recipeName(offer.recipe), learners: formats.number(offer.learners), weeks: formats.list(offer.weeks.map(({ week }) => formats.number(week))),
          found: of100(last?.precisionAt10?.value), rule: of100(last?.rule?.value),
        })}{' '}
        <q>{offer.reason}</q>
      </p>
      <p className="muted small">{t('standing.offer-check')}</p>
      {begin.error && <Trouble error={begin.error} again={() => { begin.reset(); void queries.invalidateQueries({ queryKey: ['gate'] }); }} />}
      {asked ? (
        <form className="decide" onSubmit={say}>
          <label>
            {t('what-if.reason')}
            <textarea name="reason" required minLength={3} maxLength={2000} rows={2} />
          </label>
          <div className="case-acts">
            <button type="submit" className="primary" disabled={begin.isPending}>{t('standing.begin')}</button>
            <button type="button" className="quiet" onClick={() => setAsked(false)}>{t('what-if.leave')}</button>
          </div>
        </form>
      ) : (
        <button type="button" onClick={() => setAsked(true)}>{t('standing.begin')}</button>
      )}
    </div>
  );
} // prettier-ignore
