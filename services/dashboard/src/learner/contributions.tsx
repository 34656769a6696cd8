import { type RiskPoint } from '@pharos/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { csvOf, download } from '../parts/csv.js';
import { featureInWords, featureValue } from './feature-words.js';
import { barsOf, chanceOf, type Step, waterfall } from './waterfall.js';
import { TableBox } from '../parts/table-box.js';

const few = 8;

/** What the number is made of: each push as a bar and as figures in one table, adding up to the score before the reader. */
export function Contributions({ point, where }: { readonly point: RiskPoint; readonly where: string }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const [all, setAll] = useState(false);
  const steps = waterfall(point, all ? Infinity : few);
  const bars = barsOf(steps);
  const name = (step: Step): string =>
    step.kind === 'push'
      ? featureInWords(t, step.contribution!.feature)
      : step.kind === 'others'
        ? t('push.others', { count: step.count })
        : t(`push.${step.kind}`);
  const value = ({ contribution }: Step, which: 'value' | 'reference'): string =>
    contribution ? featureValue(formats, contribution.feature, contribution[which], t('figure.missing')) : '';
  const head = [t('push.what'), t('push.value'), t('push.class'), t('push.change')];
  const takeAway = () =>
    download('contributions.csv', csvOf(head, waterfall(point, Infinity).map((step) => [name(step), String(step.contribution?.value ?? ''), String(step.contribution?.reference ?? ''), String(step.change)])));
  return (
    <section className="card" aria-labelledby="push-title">
      <div className="card-head">
        <h2 id="push-title">{t('push.title')}</h2>
        <button type="button" className="link small" onClick={takeAway}>
          {t('chart.csv')}
        </button>
      </div>
      <p className="about">{t('push.about', { where, sum: formats.signed(point.logOdds, 2), chance: formats.percent(chanceOf(point.logOdds)) })}</p>
      <TableBox labelledBy="push-title">
        <table className="pushes">
          <thead>
            <tr>
              {head.map((title, column) => (
                <th key={title} scope="col" className={column > 0 ? 'number' : undefined}>
                  {title}
                </th>
              ))}
              <th aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {steps.map((step, at) => (
              <tr key={step.contribution?.feature ?? step.kind} data-kind={step.kind}>
                <th scope="row">{name(step)}</th>
                <td className="number">{value(step, 'value')}</td>
                <td className="number">{value(step, 'reference')}</td>
                <td className="number">{formats.signed(step.change, 2)}</td>
                <td className="push-bar" aria-hidden="true">
                  <span data-way={step.kind === 'push' || step.kind === 'others' ? (step.change > 0 ? 'up' : 'down') : 'sum'} style={{ insetInlineStart: `${bars[at]!.start * 100}%`, inlineSize: `${Math.max(0.5, bars[at]!.length * 100)}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {point.contributions.length > few && (
        <button type="button" className="link small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('push.fewer') : t('push.all', { count: point.contributions.length })}
        </button>
      )}
    </section>
  );
} // prettier-ignore
