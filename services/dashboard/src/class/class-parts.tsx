import { type ClassSkills, inLanguage } from '@pharos/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { Name } from '../parts/name.js';

interface Props {
  readonly known: ClassSkills;
}

const SHOWN = 5;

const useNames = (known: ClassSkills) => {
  const { locale } = useReader();
  const skills = new Map(known.skills.map(({ skill, title }) => [skill, inLanguage(locale, title)]));
  const people = new Map(known.learners.map(({ learner }) => [learner.token, learner]));
  return { skillName: (skill: string) => skills.get(skill) ?? skill, person: (token: string) => people.get(token) };
};

function Part({ id, title, about, children }: { readonly id: string; readonly title: string; readonly about: string; readonly children: ReactNode }) {
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="about">{about}</p>
      {children}
    </section>
  );
} // prettier-ignore

/** A group for a lesson in the small: whoever shares a gap. A teacher leaves learners out and takes them in again. */
function Group({ known, learners, label }: Props & { readonly learners: readonly string[]; readonly label: string }) {
  const { person } = useNames(known);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const turn = (token: string) => {
    const next = new Set(left);
    if (!next.delete(token)) next.add(token);
    setLeft(next);
  };
  return (
    <div className="chips" role="group" aria-label={label}>
      {learners.map((token) => {
        const one = person(token);
        return (
          one && (
            <button key={token} type="button" className="chip" aria-pressed={!left.has(token)} onClick={() => turn(token)}>
              <Name person={one} />
            </button>
          )
        );
      })}
    </div>
  );
}

/** What several are weak in. */
export function Gaps({ known }: Props) {
  const { t } = useTranslation();
  const { skillName } = useNames(known);
  return (
    <Part id="gaps" title={t('class.gaps')} about={t('class.gaps-about')}>
      {known.gaps.length === 0 && <p>{t('class.gaps-none')}</p>}
      {known.gaps.slice(0, SHOWN).map(({ skill, weak, tried }) => (
        <div key={skill} className="group">
          <h3>{skillName(skill)}</h3>
          <p className="muted">{t('class.gap', { count: weak.length, of: tried })}</p>
          <Group known={known} learners={weak} label={t('class.group', { skill: skillName(skill) })} />
        </div>
      ))}
    </Part>
  );
}

/** Who knows all that comes before a skill and has not begun. */
export function Ready({ known }: Props) {
  const { t } = useTranslation();
  const { skillName } = useNames(known);
  return (
    <Part id="ready" title={t('class.ready')} about={t('class.ready-about')}>
      {known.ready.length === 0 && <p>{t('class.ready-none')}</p>}
      {known.ready.slice(0, SHOWN).map(({ skill, learners }) => (
        <div key={skill} className="group">
          <h3>{skillName(skill)}</h3>
          <Group known={known} learners={learners} label={t('class.group', { skill: skillName(skill) })} />
        </div>
      ))}
    </Part>
  );
}

/** Items that many get wrong, with the wrong answer that most give. */
export function Confusing({ known }: Props) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const { skillName } = useNames(known);
  return (
    <Part id="confusing" title={t('class.confusing')} about={t('class.confusing-about')}>
      {known.confusing.length === 0 && <p>{t('class.confusing-none')}</p>}
      {known.confusing.slice(0, SHOWN).map(({ item, skill, question, answers, right, discrimination, wrong }) => (
        <div key={item} className="group">
          <h3>
            {question ? inLanguage(locale, question) : t('class.item', { name: item.split('/').at(-1) ?? '', skill: skillName(skill) })}
          </h3>
          <p className="muted">
            {t('class.item-right', { right: formats.number(right * answers), of: answers })}
            {discrimination !== null && discrimination <= 0.1 && ` ${t('class.item-doubt')}`}
          </p>
          {wrong && <p>{t('class.item-wrong', { answer: wrong.response, count: wrong.times })}</p>}
        </div>
      ))}
    </Part>
  );
}

/** The last answers, as they come. */
export function Latest({ known }: Props) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const { skillName, person } = useNames(known);
  const now = useNow(5_000);
  return (
    <Part id="latest" title={t('class.latest')} about={t('class.latest-about')}>
      <ol className="live-list" aria-live="polite">
        {known.latest.map(({ learner, item, skill, correct, at }) => {
          const one = person(learner);
          return (
            <li key={`${learner} ${item} ${at}`}>
              <span aria-hidden="true">{correct ? '✓' : '·'}</span>
              <span>
                {one && <Name person={one} />} {t(correct ? 'class.answered-right' : 'class.answered-wrong', { skill: skillName(skill) })}
              </span>
              <span className="muted small">{formats.ago(at, now)}</span>
            </li>
          );
        })}
      </ol>
    </Part>
  );
}
