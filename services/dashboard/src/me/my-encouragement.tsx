import { type Encouragement, inLanguage } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';

type Word = Encouragement['items'][number];

/** What may help where practice does not at the moment. Kind words, never a verdict; nothing where there is nothing to say. */
export function MyEncouragement({ learner }: { readonly learner: string }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const found = useQuery({ queryKey: ['learner', learner, 'encouragement'], queryFn: ({ signal }) => client.mine.encouragement({ params: { learner } }, { signal }) });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="encouragement">
      {items.map((word) => (
        <li key={`${word.code} ${word.skill?.skill ?? ''}`}>{wordOf(word)}</li>
      ))}
    </ul>
  );

  function wordOf({ code, skill, before }: Word): string {
    if (code !== 'wheel-spinning' || skill === null) return t(`encouragement.${code}`);
    const name = inLanguage(locale, skill.title);
    return before.length === 0 ? t('encouragement.wheel-spinning', { skill: name }) : t('encouragement.wheel-spinning-after', { skill: name, before: formats.list(before.map(({ title }) => `“${inLanguage(locale, title)}”`)) });
  }
} // prettier-ignore
