import { type ClassSkills, type Groups as AllGroups, inLanguage } from '@pharos/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { tell } from '../app/toasts.js';

type Group = AllGroups['groups'][number];

/** Groups for teaching in the small: suggested by the gaps, then as the teacher leaves them. */
export function Groups({ known }: { readonly known: ClassSkills }) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const queries = useQueryClient();
  const params = { class: known.class.id };
  const key = ['class', known.class.id, 'groups'];
  const groups = useQuery({ queryKey: key, queryFn: ({ signal }) => client.assigning.groups({ params }, { signal }) });
  const set = useMutation({
    mutationFn: (next: readonly Group[]) => client.assigning.setGroups({ params, body: { version: groups.data!.version, groups: [...next] } }),
    onSuccess: (kept) => queries.setQueryData(key, kept),
    onError: () => {
      tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null });
      void groups.refetch();
    },
  });
  if (!groups.data) return null;
  const { groups: kept, suggested } = groups.data;
  const people = new Map(known.learners.map(({ learner }) => [learner.token, learner.name ?? t('person.unnamed')]));
  const nameOf = ({ skill, name }: Group) => {
    const title = known.skills.find((one) => one.skill === skill)?.title;
    return title?.en.startsWith(name) ? inLanguage(locale, title) : name;
  };
  const grouped = new Set(kept.flatMap(({ learners }) => learners));
  const free = known.learners.map(({ learner }) => learner.token).filter((token) => !grouped.has(token));
  const move = (learner: string, to: string) =>
    set.mutate(
      kept
        .map((group) => ({ ...group, learners: group.id === to ? [...group.learners.filter((one) => one !== learner), learner] : group.learners.filter((one) => one !== learner) }))
        .filter(({ learners }) => learners.length > 0),
    );
  return (
    <section className="card" aria-labelledby="groups">
      <h2 id="groups">{t('groups.title')}</h2>
      <p className="about">{t(kept.length > 0 ? 'groups.about-kept' : suggested.length > 0 ? 'groups.about-suggested' : 'groups.none')}</p>
      {(kept.length > 0 ? kept : suggested).map((group) => (
        <div key={group.id} className="group">
          <h3>{nameOf(group)}</h3>
          {kept.length === 0 ? (
            <p>{group.learners.map((one) => people.get(one)).join(', ')}</p>
          ) : (
            <ul className="members">
              {group.learners.map((one) => (
                <li key={one}>
                  <span>{people.get(one)}</span>
                  <select aria-label={t('groups.move', { name: people.get(one) ?? '' })} value={group.id} disabled={set.isPending} onChange={(event) => move(one, event.target.value)}>
                    {kept.map((other) => (
                      <option key={other.id} value={other.id}>
                        {nameOf(other)}
                      </option>
                    ))}
                    <option value="">{t('groups.nowhere')}</option>
                  </select>
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
      {kept.length > 0 && free.length > 0 && (
        <label className="field">
          {t('groups.add')}
          <select value="" disabled={set.isPending} onChange={(event) => move(event.target.value, kept[0]!.id)}>
            <option value="">{t('groups.who')}</option>
            {free.map((one) => (
              <option key={one} value={one}>
                {people.get(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="act-end no-print">
        {suggested.length > 0 && (
          <button type="button" disabled={set.isPending} onClick={() => set.mutate(suggested)}>
            {t(kept.length === 0 ? 'groups.take' : 'groups.again')}
          </button>
        )}
      </div>
    </section>
  );
} // prettier-ignore
