import { type AssignedPath, type ClassSkills, inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';
import { textOf } from '../parts/fields.js';

/** Paths that a teacher assigns: skills in an order, for the class or for some of it. */
export function Paths({ known }: { readonly known: ClassSkills }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<AssignedPath | 'new'>();
  const params = { class: known.class.id };
  const key = ['class', known.class.id, 'paths'];
  const paths = useQuery({ queryKey: key, queryFn: ({ signal }) => client.assigning.paths({ params }, { signal }) });
  const withdraw = useMutation({
    mutationFn: (path: string) => client.assigning.withdraw({ params: { ...params, path } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  const items = paths.data?.items ?? [];
  const done = () => {
    setEditing(undefined);
    void queries.invalidateQueries({ queryKey: key });
  };
  return (
    <section className="card" aria-labelledby="paths">
      <h2 id="paths">{t('paths.title')}</h2>
      <p className="about">{t('paths.about')}</p>
      <ul className="contest-list">
        {items.map((path) => (
          <li key={path.path}>
            <h3>{path.title}</h3>
            <p className="small muted">
              {path.learners === null ? t('paths.everybody') : t('class.learners', { count: path.learners.length })}
              {path.dueOn !== null && ` · ${t('goals.due', { when: formats.day(path.dueOn) })}`}
              {path.locked && ` · ${t('paths.locked')}`}
            </p>
            <ol className="way">
              {path.skills.map(({ skill, title }) => (
                <li key={skill}>{inLanguage(locale, title)}</li>
              ))}
            </ol>
            <p className="small">{t('paths.progress', { done: path.progress.filter(({ reached }) => reached === path.skills.length).length, count: path.progress.length })}</p>
            <div className="act-end">
              <button type="button" className="quiet" onClick={() => setEditing(path)}>
                {t('paths.edit')}
              </button>
              <button type="button" className="quiet" disabled={withdraw.isPending} onClick={() => withdraw.mutate(path.path)}>
                {t('paths.withdraw')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {editing === undefined ? (
        <button type="button" onClick={() => setEditing('new')}>
          {t('paths.new')}
        </button>
      ) : (
        <PathForm key={editing === 'new' ? 'new' : editing.path} known={known} path={editing === 'new' ? undefined : editing} onDone={done} onLeave={() => setEditing(undefined)} />
      )}
    </section>
  );
} // prettier-ignore

interface FormProps {
  readonly known: ClassSkills;
  readonly path: AssignedPath | undefined;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

function PathForm({ known, path, onDone, onLeave }: FormProps) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const [skills, setSkills] = useState<readonly string[]>(path?.skills.map(({ skill }) => skill) ?? []);
  const [learners, setLearners] = useState<readonly string[] | null>(path?.learners ?? null);
  const params = { class: known.class.id };
  const save = useMutation({
    mutationFn: (body: Parameters<typeof client.assigning.assign>[0]['body']) =>
      path === undefined
        ? client.assigning.assign({ params, body })
        : client.assigning.change({ params: { ...params, path: path.path }, body: { ...body, version: path.version } }),
    onSuccess: onDone,
    onError: () => tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const dueOn = textOf(fields, 'dueOn');
    save.mutate({ title: textOf(fields, 'title'), skills: [...skills], learners: learners === null ? null : [...learners], dueOn: dueOn === '' ? null : dueOn, locked: fields.get('locked') === 'on' });
  };
  const turn = (list: readonly string[], one: string) => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);
  const place = (skill: string) => skills.indexOf(skill) + 1;
  return (
    <form className="act-form" onSubmit={submit}>
      <label className="field">
        {t('paths.name')}
        <input name="title" required maxLength={200} defaultValue={path?.title ?? ''} />
      </label>
      <fieldset>
        <legend>{t('paths.skills')}</legend>
        <div className="chips">
          {known.skills.map(({ skill, title }) => (
            <button key={skill} type="button" className="chip" aria-pressed={skills.includes(skill)} onClick={() => setSkills(turn(skills, skill))}>
              {place(skill) > 0 && <strong>{place(skill)}</strong>} {inLanguage(locale, title)}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('paths.for')}</legend>
        <label className="check">
          <input type="checkbox" checked={learners === null} onChange={(event) => setLearners(event.target.checked ? null : [])} /> {t('paths.everybody')}
        </label>
        {learners !== null && (
          <div className="chips">
            {known.learners.map(({ learner }) => (
              <button key={learner.token} type="button" className="chip" aria-pressed={learners.includes(learner.token)} onClick={() => setLearners(turn(learners, learner.token))}>
                {learner.name ?? t('person.unnamed')}
              </button>
            ))}
          </div>
        )}
      </fieldset>
      <label className="field">
        {t('goals.by')}
        <input type="date" name="dueOn" defaultValue={path?.dueOn ?? ''} />
      </label>
      <label className="check">
        <input type="checkbox" name="locked" defaultChecked={path?.locked ?? false} /> {t('paths.lock')}
      </label>
      <div className="act-end">
        <button type="submit" className="primary" disabled={save.isPending || skills.length === 0 || learners?.length === 0}>
          {t('paths.save')}
        </button>
        <button type="button" className="quiet" onClick={onLeave}>
          {t('act.leave')}
        </button>
      </div>
    </form>
  );
} // prettier-ignore
