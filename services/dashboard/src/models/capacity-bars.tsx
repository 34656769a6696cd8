import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { type Verdict } from './verdicts.js';

type Capacity = Extract<Verdict, { readonly key: 'verdict.capacity' }>;

/** Of 100 learners who would be named at the counselors' capacity, how many later do not pass: by the model, the rule, and chance. */
export function CapacityBars({ capacity: { model, low, high, rule, chance } }: { readonly capacity: Capacity }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const rows = [
    { name: t('capacity.model'), value: model, interval: t('audit.interval', { low, high }), accent: true },
    ...(rule === null ? [] : [{ name: t('capacity.rule'), value: rule, interval: '', accent: false }]),
    { name: t('capacity.chance'), value: chance, interval: '', accent: false },
  ];
  return (
    <dl className="capacity">
      {rows.map(({ name, value, interval, accent }) => (
        <div key={name} data-accent={accent}>
          <dt>{name}</dt>
          <dd>
            <span className="capacity-track" aria-hidden="true">
              <span style={{ inlineSize: `${value}%` }} />
            </span>
            <span className="capacity-value">
              {formats.number(value)} <span className="muted small">{interval}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
