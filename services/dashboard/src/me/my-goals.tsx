import { type Goal, type Goals, goalLevels, inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { useNow } from '../app/use-now.js';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';

/** What a learner wants to know, by when, how far it is, and the way there. */
export function MyGoals({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { session } = useReader();
  const queries = useQueryClient();
  const [setting, setSetting] = useState(false);
  const key = ['learner', learner, 'goals'];
  const goals = useQuery({ queryKey: key, queryFn: ({ signal }) => client.goals.list({ params: { learner } }, { signal }) });
  const done = () => queries.invalidateQueries({ queryKey: key });
  const own = mayUse(session, ['learner', 'guardian']);
  if (goals.error && !goals.data) return <Trouble error={goals.error} again={() => void goals.refetch()} />;
  if (!goals.data || (goals.data.items.length === 0 && goals.data.choices.length === 0)) return null;
  return (
    <section className="card" aria-labelledby="me-goals">
      <h2 id="me-goals">{t('goals.title')}</h2>
      <p className="about">{t(goals.data.items.length === 0 ? 'goals.none' : 'goals.about')}</p>
      <ul className="goal-list">
        {goals.data.items.map((goal) => (
          <OneGoal key={goal.goal} goal={goal} learner={learner} own={own} onDone={() => void done()} />
        ))}
      </ul>
      {own && !setting && (
        <button type="button" className={goals.data.items.length === 0 ? 'primary' : undefined} onClick={() => setSetting(true)}>
          {t('goals.set')}
        </button>
      )}
      {setting && <GoalForm learner={learner} choices={goals.data.choices} onDone={() => { setSetting(false); void done(); }} onLeave={() => setSetting(false)} />}
    </section>
  ); // prettier-ignore
}

interface OneProps {
  readonly goal: Goal;
  readonly learner: string;
  readonly own: boolean;
  readonly onDone: () => void;
}

function OneGoal({ goal, learner, own, onDone }: OneProps) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const drop = useMutation({
    mutationFn: () => client.goals.drop({ params: { learner, goal: goal.goal } }),
    onSuccess: onDone,
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  const { title, reached, of, level, dueOn, likely, standing, steps, answers } = goal;
  const left = steps.filter((step) => step.answers > 0);
  return (
    <li className="goal" data-standing={standing}>
      <h3>{inLanguage(locale, title)}</h3>
      <progress value={reached} max={of} aria-label={t('goals.far', { reached, of, level: t(`mastery.level-${level}`) })} />
      <p className="small">
        {t('goals.far', { reached, of, level: t(`mastery.level-${level}`) })}
        {dueOn !== null && ` · ${t('goals.due', { when: formats.day(dueOn) })}`}
      </p>
      <p>{t(`goals.standing-${standing}`)}</p>
      {likely !== null && (
        <p className="small muted">
          {t('goals.likely', { on: formats.day(likely.on), earliest: formats.day(likely.earliest), latest: formats.day(likely.latest) })}
        </p>
      )}
      {left.length > 0 && (
        <details>
          <summary>{t('goals.way', { count: left.length, answers: formats.number(answers) })}</summary>
          <ol className="way">
            {left.map((step) => (
              <li key={step.skill} data-ready={step.ready}>
                <span>{inLanguage(locale, step.title)}</span>
                <span className="small muted">{t(step.ready ? 'goals.step-ready' : 'goals.step-later', { count: step.answers })}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {own && (
        <button type="button" className="quiet" disabled={drop.isPending} onClick={() => drop.mutate()}>
          {t('goals.drop')}
        </button>
      )}
    </li>
  );
}

interface FormProps {
  readonly learner: string;
  readonly choices: Goals['choices'];
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

function GoalForm({ learner, choices, onDone, onLeave }: FormProps) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const now = useNow(60_000);
  const set = useMutation({
    mutationFn: (body: Parameters<typeof client.goals.set>[0]['body']) => client.goals.set({ params: { learner }, body }),
    onSuccess: onDone,
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const choice = choices[Number(fields.get('target'))];
    const level = goalLevels.find((one) => one === fields.get('level')) ?? 'proficient';
    const dueOn = textOf(fields, 'dueOn');
    if (choice) set.mutate({ target: choice.target, level, dueOn: dueOn === '' ? null : dueOn });
  };
  const kinds = [...new Set(choices.map(({ target }) => target.kind))];
  return (
    <form className="act-form" onSubmit={submit}>
      <label className="field">
        {t('goals.what')}
        <select name="target">
          {kinds.map((kind) => (
            <optgroup key={kind} label={t(`goals.kind-${kind}`)}>
              {choices.map(({ target, title, skills }, index) => target.kind === kind && (
                <option key={`${target.kind} ${target.name}`} value={index}>
                  {inLanguage(locale, title)}
                  {skills > 1 ? ` (${t('goals.skills', { count: skills })})` : ''}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label className="field">
        {t('goals.how-well')}
        <select name="level" defaultValue="proficient">
          {goalLevels.map((level) => (
            <option key={level} value={level}>
              {t(`mastery.level-${level}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('goals.by')}
        <input type="date" name="dueOn" min={formats.dayAt(now)} />
      </label>
      <div className="act-end">
        <button type="submit" className="primary" disabled={set.isPending}>
          {t('goals.set')}
        </button>
        <button type="button" className="quiet" onClick={onLeave}>
          {t('act.leave')}
        </button>
      </div>
    </form>
  ); // prettier-ignore
}
