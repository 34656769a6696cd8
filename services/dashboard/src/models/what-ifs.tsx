import { type AuditFindings, type Mitigation, routes } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { featureInWords } from '../learner/feature-words.js';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';
import { useAttributeName } from './gap-lines.js';
import { TableBox } from '../parts/table-box.js';

interface Props {
  readonly audit: AuditFindings;
  readonly attribute: string | undefined;
  /** A file's audit shows what could be done; only a tenant's own models can be decided about. */
  readonly decidable: boolean;
}

/** What could be done about gaps, each with what it brings and costs. Nothing is done until a person says so. */
export function WhatIfs({ audit, attribute, decidable }: Props) {
  const { t } = useTranslation();
  const { session, formats } = useReader();
  const nameOf = useAttributeName();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Mitigation | 'nothing' | null>(null);
  const policy = useQuery({ queryKey: ['fairness-policy'], queryFn: ({ signal }) => client.audits.policy(undefined, { signal }), enabled: decidable });
  const decide = useMutation({
    mutationFn: ({ change, reason }: { change: Mitigation | null; reason: string }) => {
      const value = { limitPer100: policy.data!.value.limitPer100, reason, mitigation: change && { kind: change.kind, attribute: change.attribute, policy: change.policy, without: change.without } };
      return client.audits.decide({ body: { version: policy.data!.version, value } });
    },
    onSuccess: () => {
      setAsked(null);
      tell({ text: t('what-if.decided'), tone: 'done', until: null, undo: null });
      void queries.invalidateQueries({ queryKey: ['fairness-policy'] });
    },
  });
  const chosen = audit.attributes.find((one) => one.attribute === attribute)?.attribute ?? audit.attributes[0]?.attribute;
  const changes = audit.mitigations.filter((one) => one.attribute === chosen);
  const may = decidable && policy.data !== undefined && mayUse(session, routes.audits.decide.roles);
  const standing = policy.data?.value.mitigation ?? null;
  if (!chosen || changes.length === 0) return null;
  const words = (change: Pick<Mitigation, 'kind' | 'policy' | 'without'>): string => {
    if (change.kind === 'thresholds') return t(change.policy === 'equal-opportunity' ? 'what-if.thresholds-need' : 'what-if.thresholds-all');
    if (change.kind === 'fewer-features') return t('what-if.fewer-features', { features: formats.list(change.without.map((name) => featureInWords(t, name))) });
    return t(`what-if.${change.kind}`);
  };
  const now = changes[0]!.before;
  const of100 = (share: number | null) => (share === null ? '–' : formats.number(100 * share, 1));
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    decide.mutate({ change: asked === 'nothing' ? null : asked, reason: textOf(new FormData(event.currentTarget), 'reason') });
  };
  return (
    <section className="card" aria-labelledby="what-if-title">
      <h2 id="what-if-title">{t('what-if.title', { attribute: nameOf(chosen) })}</h2>
      <p className="about">{t('what-if.about')}</p>
      {standing && (
        <p className="notice standing">
          {t('what-if.standing', { what: words(standing), attribute: nameOf(standing.attribute) })} <q>{policy.data!.value.reason}</q>
          {may && <button type="button" className="link small" onClick={() => setAsked('nothing')}>{t('what-if.take-back')}</button>}
        </p>
      )}
      {decide.error && <Trouble error={decide.error} again={() => { decide.reset(); void policy.refetch(); }} />}
      <TableBox labelledBy="what-if-title">
        <table className="what-ifs">
          <thead>
            <tr>
              <th scope="col">{t('what-if.change')}</th>
              <th scope="col" className="number">{t('what-if.gap')}</th>
              <th scope="col" className="number">{t('what-if.gap-named')}</th>
              <th scope="col" className="number">{t('what-if.right')}</th>
              <th scope="col" className="number">{t('what-if.cost')}</th>
              {may && <th scope="col"><span className="only-read">{t('what-if.decide')}</span></th>}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('what-if.now')}</th>
              <td className="number">{of100(now.tprGap.value)}</td>
              <td className="number">{of100(now.selectionGap.value)}</td>
              <td className="number">{of100(now.precision.value)}</td>
              <td className="number" />
              {may && <td />}
            </tr>
            {changes.map((change) => (
              <tr key={`${change.kind} ${change.policy}`}>
                <th scope="row">{words(change)}</th>
                <td className="number" data-how={(change.after.tprGap.value ?? 1) < (now.tprGap.value ?? 0) ? 'better' : undefined}>{of100(change.after.tprGap.value)}</td>
                <td className="number" data-how={(change.after.selectionGap.value ?? 1) < (now.selectionGap.value ?? 0) ? 'better' : undefined}>{of100(change.after.selectionGap.value)}</td>
                <td className="number">{of100(change.after.precision.value)}</td>
                <td className="number">{change.precisionCostPer100 === null ? '–' : formats.signed(change.precisionCostPer100, 1)}</td>
                {may && (
                  <td className="number">
                    <button type="button" onClick={() => setAsked(change)}>{t('what-if.choose')}</button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <p className="muted small after-table">{t('what-if.law')}</p>
      {asked && may && (
        <form className="decide" onSubmit={say}>
          <p>{asked === 'nothing' ? t('what-if.ask-nothing') : t('what-if.ask', { what: words(asked) })}</p>
          <label>
            {t('what-if.reason')}
            <textarea name="reason" required minLength={3} maxLength={2000} rows={2} />
          </label>
          <div className="case-acts">
            <button type="submit" className="primary" disabled={decide.isPending}>{t('what-if.decide')}</button>
            <button type="button" className="quiet" onClick={() => setAsked(null)}>{t('what-if.leave')}</button>
          </div>
        </form>
      )}
    </section>
  );
} // prettier-ignore
