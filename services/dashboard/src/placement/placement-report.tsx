import { inLanguage, type LocalText, type Placement } from '@pharos/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { ContestSkill } from '../me/my-contests.js';

interface Props {
  readonly learner: string;
  readonly report: NonNullable<Placement['report']>;
  readonly title: LocalText;
  readonly asked: number;
}

/** What the test found: what is taken as known, with a way to say that it is not; where to begin; how the areas went. */
export function PlacementReport({ learner, report: { known, start, areas, endedOn }, title, asked }: Props) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  return (
    <section className="card" aria-labelledby="placement-report">
      <h2 id="placement-report">{t('placement.report', { subject: inLanguage(locale, title) })}</h2>
      <p className="about">{t('placement.report-about', { asked: formats.number(asked), when: formats.day(endedOn) })}</p>
      <h3>{t('placement.begin')}</h3>
      {start.length === 0 ? <p>{t('placement.begin-none')}</p> : <ul className="reasons">{start.map((one) => <li key={one.skill}>{inLanguage(locale, one.title)}</li>)}</ul>}
      <p>
        <Link to="/practice" className="button primary">{t('placement.to-practice')}</Link>
      </p>
      <h3>{t('placement.known')}</h3>
      {known.length === 0 && <p>{t('placement.known-none')}</p>}
      {known.length > 0 && (
        <>
          <p className="about">{t('placement.known-about')}</p>
          <ul className="skill-list">
            {known.map(({ skill, title: name }) => (
              <li key={skill}>
                <h4>{inLanguage(locale, name)}</h4>
                <ContestSkill learner={learner} skill={skill} />
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{t('placement.areas')}</summary>
        <ul className="reasons">
          {areas.map(({ skill, title: name, asked: tried, right }) => (
            <li key={skill}>{t('placement.area', { name: inLanguage(locale, name), right: formats.number(right), asked: formats.number(tried) })}</li>
          ))}
        </ul>
      </details>
    </section>
  );
} // prettier-ignore
