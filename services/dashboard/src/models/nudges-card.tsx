import { type NudgeEffects, routes } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';
import { LearningPolicyForm } from './learning-policy-form.js';

type Effect = NonNullable<NudgeEffects['all']>;

/** Whether words to learners help, told from those who are never written to; and, for an admin, whether there are any. */
export function NudgesCard() {
  const { t } = useTranslation();
  const { session, formats } = useReader();
  const mayLook = mayUse(session, routes.nudges.effects.roles);
  const policy = useQuery({ queryKey: ['policy', 'learning'], queryFn: ({ signal }) => client.nudges.policy(undefined, { signal }), enabled: mayLook });
  const effects = useQuery({ queryKey: ['nudge-effects'], queryFn: ({ signal }) => client.nudges.effects(undefined, { signal }), enabled: mayLook });
  if (!mayLook) return null;
  const trouble = policy.error ?? effects.error;
  if (trouble) return <Trouble error={trouble} again={() => void Promise.all([policy.refetch(), effects.refetch()])} />;
  if (!policy.data || !effects.data) return null;
  const { all, reasons, days, waiting, minimum } = effects.data;
  const { nudges, heldOut } = policy.data.value;
  const shown = reasons.flatMap(({ reason, effect }) => (effect === null ? [] : [{ reason, effect }]));
  return (
    <section className="card" aria-labelledby="nudges-title">
      <h2 id="nudges-title">{t('nudges.title')}</h2>
      <p className="about">{t('nudges.about', { share: formats.percent(heldOut), days })}</p>
      <p>{t(`nudges.now-${nudges}`)}</p>
      {all !== null && (
        <ul className="verdicts">
          <li data-tone={all.low > 0 ? 'good' : all.high < 0 ? 'care' : 'unknown'}>
            <span>{t(verdictOf(all), figures(all))}</span>
          </li>
        </ul>
      )}
      {all === null && nudges !== 'off' && <p className="muted">{t('nudges.too-few', { minimum, days })}</p>}
      {waiting > 0 && <p className="muted small">{t('nudges.waiting', { count: waiting, days })}</p>}
      {shown.length > 0 && (
        <div className="table-box" role="group" tabIndex={0} aria-labelledby="nudges-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('nudges.reason')}</th>
                <th scope="col" className="number">{t('nudges.written')}</th>
                <th scope="col" className="number">{t('nudges.held-out')}</th>
                <th scope="col" className="number">{t('nudges.difference')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ reason, effect }) => (
                <tr key={reason}>
                  <th scope="row">{t(`nudges.reason-${reason}`)}</th>
                  <td className="number">{t('nudges.of', { share: formats.percent(effect.written.share), learners: formats.number(effect.written.learners) })}</td>
                  <td className="number">{t('nudges.of', { share: formats.percent(effect.heldOut.share), learners: formats.number(effect.heldOut.learners) })}</td>
                  <td className="number">{t('nudges.range', figures(effect))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayUse(session, routes.nudges.putPolicy.roles) && <LearningPolicyForm policy={policy.data} />}
    </section>
  );

  function figures({ written, heldOut: out, difference, low, high }: Effect) {
    const of100 = (share: number): string => formats.number(Math.round(100 * share));
    return {
      written: of100(written.share), learners: formats.number(written.learners), held: of100(out.share), out: formats.number(out.learners),
      difference: of100(difference), low: of100(low), high: of100(high), days,
    };
  }
} // prettier-ignore

const verdictOf = ({ low, high }: Effect) => (low > 0 ? 'nudges.help' : high < 0 ? 'nudges.harm' : 'nudges.unsure');
