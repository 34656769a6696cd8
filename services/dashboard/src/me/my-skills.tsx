import { inLanguage, type LearnerSkills } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { placesFor } from '../app/places.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Known } from '../mastery/level.js';
import { ContestSkill } from './my-contests.js';
import { useKnowledge } from '../practice/use-knowledge.js';

type Skill = LearnerSkills['skills'][number];

/** One next step, and why it is suggested. */
export function NextPractice({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale, session } = useReader();
  const next = useQuery({
    queryKey: ['learner', learner, 'next', locale],
    queryFn: ({ signal }) => client.knowledge.next({ params: { learner }, query: { limit: 3, locale } }, { signal }),
  });
  const [first, ...others] = next.data?.items ?? [];
  const own = mayUse(session, ['learner']) && placesFor(session.roles).some(({ to }) => to === '/practice');
  const toPlacement = own && (
    <Link to="/placement" className="button quiet">
      {t('placement.find')}
    </Link>
  );
  if (!first) return next.data ? <div className="next-practice">{toPlacement}</div> : null;
  return (
    <div className="next-practice">
      <p className="risk">{inLanguage(locale, first.item.title)}</p>
      <p>{first.because}</p>
      {own && (
        <Link to="/practice" className="button primary">
          {t('me.practise')}
        </Link>
      )}
      {toPlacement}
      {others.length > 0 && (
        <details>
          <summary>{t('me.other-steps')}</summary>
          <ul className="reasons">
            {others.map(({ item, because }) => (
              <li key={item.item}>
                {inLanguage(locale, item.title)}: {because}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What I can do, what I am learning, what to look at again today. */
export function MySkills({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const skills = useKnowledge(learner);
  const tried = skills.data?.skills.filter(({ standing }) => standing.level !== null) ?? [];
  const can = tried.filter(({ standing }) => standing.level === 'mastered' || standing.level === 'proficient');
  const learning = tried.filter((skill) => !can.includes(skill));
  const due = tried.filter(({ standing }) => standing.due);
  return (
    <>
      {due.length > 0 && <Reviews skills={due} />}
      <List learner={learner} id="me-can" title={t('me.can')} about={t('me.can-about')} skills={can} none={t('me.can-none')} />
      <List learner={learner} id="me-learning" title={t('me.learning')} about={t('me.learning-about')} skills={learning} none={t('me.learning-none')} />
    </>
  ); // prettier-ignore
}

/** What is about to be forgotten, the least remembered first. */
function Reviews({ skills }: { readonly skills: readonly Skill[] }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const now = useNow();
  const first = [...skills].sort((a, b) => (a.standing.remembered ?? 1) - (b.standing.remembered ?? 1)).slice(0, SHOWN);
  return (
    <section className="card" aria-labelledby="me-review">
      <h2 id="me-review">{t('me.review')}</h2>
      <p className="about">{t('me.review-about')}</p>
      <ul className="review-list">
        {first.map(({ skill, title, standing }) => (
          <li key={skill}>
            <span>{inLanguage(locale, title)}</span>
            {standing.lastAt !== null && <span className="muted small">{t('me.last', { ago: formats.ago(standing.lastAt, now) })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const SHOWN = 6;

function List({ learner, id, title, about, skills, none }: { readonly learner: string; readonly id: string; readonly title: string; readonly about: string; readonly skills: readonly Skill[]; readonly none: string }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const line = ({ skill, title: name, standing }: Skill) => (
    <li key={skill}>
      <h3>{inLanguage(locale, name)}</h3>
      <Known standing={standing} />
      {standing.evidence > 5 && Math.abs(standing.trend) >= 0.05 && <span className="small">{t(standing.trend > 0 ? 'mastery.rising' : 'mastery.falling')}</span>}
      <ContestSkill learner={learner} skill={skill} />
    </li>
  );
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="about">{skills.length === 0 ? none : about}</p>
      <ul className="skill-list">{skills.slice(0, SHOWN).map(line)}</ul>
      {skills.length > SHOWN && (
        <details>
          <summary>{t('me.more-skills', { count: skills.length - SHOWN })}</summary>
          <ul className="skill-list">{skills.slice(SHOWN).map(line)}</ul>
        </details>
      )}
    </section>
  );
} // prettier-ignore
