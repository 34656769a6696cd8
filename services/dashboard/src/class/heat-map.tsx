import { type ClassSkills, inLanguage, masteryLevels } from '@pharos/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { useLevelWords } from '../mastery/level.js';
import { Name } from '../parts/name.js';
import { TableBox } from '../parts/table-box.js';

const FRESH_MS = 60_000;

/** Learners by skills as one table: read by eye as colours, by ear as words, on paper as figures. */
export function HeatMap({ known, live }: { readonly known: ClassSkills; readonly live: boolean }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const words = useLevelWords();
  const now = useNow(10_000);
  const fresh = new Set(
    known.latest.filter(({ at }) => now - Date.parse(at) < FRESH_MS).map(({ learner, skill }) => `${learner} ${skill}`),
  );
  const subjects = [...Map.groupBy(known.skills, ({ subject }) => subject)].map(([subject, own]) => ({
    subject,
    title: own[0]!.subjectTitle,
    count: own.length,
  }));
  return (
    <section className="card heat" aria-labelledby="heat-title">
      <div className="card-head">
        <h2 id="heat-title">{t('class.heat')}</h2>
        <span className="tag" role="status">
          {live ? t('class.live') : t('class.not-live')}
        </span>
      </div>
      <ul className="legend">
        {[null, ...masteryLevels].map((level) => (
          <li key={level ?? 'none'}>
            <span className="swatch" data-level={level ?? 'none'} aria-hidden="true" />
            {words(level)}
          </li>
        ))}
        <li>{t('class.legend')}</li>
      </ul>
      <TableBox labelledBy="heat-title">
        <table>
          <thead>
            {subjects.length > 1 && (
              <tr>
                <td />
                {subjects.map(({ subject, title, count }) => (
                  <th key={subject} scope="colgroup" colSpan={count} className="subject">
                    {inLanguage(locale, title)}
                  </th>
                ))}
              </tr>
            )}
            <tr>
              <th scope="col">{t('learners.name')}</th>
              {known.skills.map(({ skill, title }) => (
                <th key={skill} scope="col">
                  {inLanguage(locale, title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {known.learners.map(({ learner, cells }) => (
              <tr key={learner.token}>
                <th scope="row">
                  <Link to="/learners/$learner" params={{ learner: learner.token }}>
                    <Name person={learner} />
                  </Link>
                </th>
                {cells.map((cell) => (
                  <td key={cell.skill}>
                    <span className="cell" data-level={cell.level ?? 'none'} data-fresh={fresh.has(`${learner.token} ${cell.skill}`)}>
                      {cell.chance === null ? (
                        <span className="only-read">{words(null)}</span>
                      ) : (
                        <>
                          <span className="only-read">{words(cell.level)},</span> {formats.percent(cell.chance)}
                          <span className="only-read">{t('mastery.answers', { count: cell.evidence })}</span>
                          {cell.due && (
                            <>
                              <span aria-hidden="true">↻</span>
                              <span className="only-read">{t('mastery.due')}</span>
                            </>
                          )}
                        </>
                      )}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </section>
  ); // prettier-ignore
}
