import { inLanguage, type NextActivity } from '@pharos/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { Known } from '../mastery/level.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { AnswerCard } from './answer-card.js';
import { useKept } from './use-kept.js';
import { useKnowledge } from './use-knowledge.js';
import './practice.css';

type Wish = 'easier' | 'harder';

/** So many are at hand, that practice goes on for a while without a connection. */
const AT_HAND = 10;

/** One item at a time, why it comes, what is right about an answer, and what the answer changed. */
export function PracticePage() {
  const { t } = useTranslation();
  const { locale, session } = useReader();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>();
  const [answered, setAnswered] = useState<{ readonly item: string; readonly at: number }>();
  const [shown, setShown] = useState<NextActivity>();
  const learner = session.learners[0];
  const next = useQuery({
    queryKey: ['practice', 'next', locale, wish ?? ''],
    queryFn: ({ signal }) => client.practice.next({ query: { limit: AT_HAND, locale, ...(wish ? { wish } : {}) } }, { signal }),
    enabled: learner !== undefined,
    staleTime: 0,
  });
  const skills = useKnowledge(learner, answered?.at);
  const kept = useKept(learner);
  if (learner === undefined) return <Empty title={t('me.nobody')} body={t('me.nobody-body')} />;
  if (next.error && !next.data) return <Trouble error={next.error} again={() => void next.refetch()} />;
  if (!next.data) return <Waiting rows={2} height={60} />;
  // What was just answered may still be on its way to the tables: it is not asked again.
  const current = shown ?? next.data.items.find(({ item }) => item.item !== answered?.item && !kept.items.includes(item.item));
  const goOn = (wanted: Wish | undefined = wish) => {
    setShown(undefined);
    setWish(wanted);
    void queries.invalidateQueries({ queryKey: ['practice', 'next'] });
  };
  // The learner's word is kept, so that it counts next time as well.
  const say = (item: string, wanted: Wish) =>
    client.voice
      .say({ params: { learner }, body: { item, say: wanted === 'easier' ? 'too-hard' : 'too-easy' } })
      .catch(() => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }));
  const about = skills.data?.skills.find(({ skill }) => skill === current?.item.skill);
  const others = skills.data?.skills.filter(({ skill, subject }) => subject === about?.subject && skill !== about?.skill) ?? [];
  return (
    <div className="stack">
      <header className="place-head">
        <h1>{t('practice.title')}</h1>
      </header>
      {kept.items.length > 0 && (
        <p className="notice" role="status">
          {t('practice.kept', { count: kept.items.length })}
        </p>
      )}
      {current === undefined ? (
        <Empty title={t('practice.nothing')} body={t(kept.items.length > 0 ? 'practice.nothing-kept' : 'practice.nothing-body')} />
      ) : (
        <div className="practice">
          <AnswerCard
            key={current.item.item}
            activity={current}
            onAnswered={() => {
              setShown(current);
              setAnswered({ item: current.item.item, at: Date.now() });
            }}
            onKept={(answer) => {
              setAnswered({ item: answer.item, at: Date.now() });
              void kept.add(answer);
            }}
            onNext={() => goOn()}
            onWish={(wanted) => {
              void say(current.item.item, wanted);
              goOn(wanted);
            }}
          />
          <section className="card" aria-labelledby="practice-known">
            <h2 id="practice-known">{t('practice.known')}</h2>
            <p className="about">{t('practice.known-about')}</p>
            <ul className="skill-list" aria-live="polite">
              {about && (
                <li>
                  <h3>{inLanguage(locale, about.title)}</h3>
                  <Known standing={about.standing} />
                </li>
              )}
            </ul>
            {others.length > 0 && (
              <details>
                <summary>{t('practice.others')}</summary>
                <ul className="skill-list">
                  {others.map(({ skill, title, standing }) => (
                    <li key={skill}>
                      <h3>{inLanguage(locale, title)}</h3>
                      <Known standing={standing} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </section>
        </div>
      )}
    </div>
  ); // prettier-ignore
}
