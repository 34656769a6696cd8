import { type Audit } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { csvOf, download } from '../parts/csv.js';

const shown = ['baseRate', 'selectionRate', 'tpr', 'fpr', 'ppv'] as const;

interface View {
  readonly audit: Audit;
  readonly attribute: string | undefined;
  readonly onChoose: (attribute: string) => void;
}

/** How the model treats the groups of one attribute, each figure with its interval. Groups too small to judge are said to be. */
export function AuditView({ audit, attribute, onChoose }: View) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const chosen = audit.attributes.find((one) => one.attribute === attribute) ?? audit.attributes[0];
  const groups = chosen ? [...chosen.groups, { ...audit.overall, group: t('audit.all') }] : [];
  const takeAway = () =>
    download('audit.csv', csvOf(
      ['attribute', 'group', 'n', ...shown.flatMap((name) => [name, `${name}_low`, `${name}_high`])],
      audit.attributes.flatMap((one) => one.groups.map((group) => [one.attribute, group.group, String(group.n ?? ''), ...shown.flatMap((name) => {
        const metric = group.metrics[name];
        return [metric?.value, metric?.low, metric?.high].map((value) => String(value ?? ''));
      })])),
    ));
  return (
    <section className="card" aria-labelledby="audit-title">
      <div className="card-head">
        <h2 id="audit-title">{t('audit.title')}</h2>
        <button type="button" className="link small" onClick={takeAway}>
          {t('chart.csv')}
        </button>
      </div>
      <p className="about">{t('audit.about', { threshold: formats.percent(audit.threshold), level: formats.percent(audit.settings.level), minimum: audit.settings.minimumGroup })}</p>
      <div className="segments" role="group" aria-label={t('audit.attribute')}>
        {audit.attributes.map((one) => (
          <button key={one.attribute} type="button" aria-pressed={one.attribute === chosen?.attribute} onClick={() => onChoose(one.attribute)}>
            {one.attribute}
          </button>
        ))}
      </div>
      <div className="table-box" role="group" tabIndex={0} aria-labelledby="audit-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('audit.group')}</th>
              <th scope="col" className="number">{t('audit.n')}</th>
              {shown.map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`audit.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.group}>
                <th scope="row">{group.group}</th>
                <td className="number">{group.n === null ? '–' : formats.number(group.n)}</td>
                {group.judged ? (
                  shown.map((name) => {
                    const metric = group.metrics[name];
                    const { value = null, low = null, high = null } = metric ?? {};
                    return (
                      <td key={name} className="number">
                        {value === null ? <span className="missing" title={metric?.reason ?? ''}>–</span> : formats.percent(value)}
                        {low !== null && high !== null && <span className="interval muted small">{t('audit.interval', { low: formats.number(low * 100), high: formats.number(high * 100) })}</span>}
                      </td>
                    );
                  })
                ) : (
                  <td colSpan={shown.length} className="muted">{t('audit.too-few')}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && chosen.pooled.length > 0 && <p className="muted small">{t('audit.pooled', { groups: formats.list(chosen.pooled) })}</p>}
    </section>
  );
} // prettier-ignore
