import { attributeInWords, type GroupPractice, groupInWords, inLanguage, routes } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, isProblem, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { Trouble } from '../parts/trouble.js';

type Gap = NonNullable<GroupPractice['ease']>;

/** Whether practice treats groups alike, in sentences: items that ask more of a group, and what groups are offered. */
export function FairPractice() {
  const { session } = useReader();
  return mayUse(session, routes.audits.practice.roles) ? <Found /> : null;
}

function Found() {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const found = useQuery({
    queryKey: ['fair-practice'],
    // Before the job has looked there is nothing to say, and that is no trouble.
    queryFn: ({ signal }) => client.audits.practice(undefined, { signal }).catch((error: unknown) => { if (isProblem(error, 'not-found')) return null; throw error; }),
  });
  if (found.error) return <Trouble error={found.error} again={() => void found.refetch()} />;
  if (found.data === undefined) return null;
  const attributes = (found.data?.attributes ?? []).filter(({ groups }) => groups.length > 0);
  return (
    <section className="card" aria-labelledby="fair-practice-title">
      <h2 id="fair-practice-title">{t('fair.title')}</h2>
      <p className="about">{found.data === null || attributes.length === 0 ? t('fair.none') : t('fair.about', { when: formats.moment(found.data.asOf), minimum: found.data.minimum })}</p>
      {attributes.map(({ attribute, groups }) => (
        <div key={attribute}>
          <h3>{t('fair.by', { attribute: attributeInWords(locale, attribute) })}</h3>
          <ul className="verdicts">
            {groups.map((group) => <li key={group.group} data-tone={toneOf(group)}><div>{sentences(attribute, group)}</div></li>)}
          </ul>
        </div>
      ))}
    </section>
  );

  function sentences(attribute: string, { group, reference, withheld, learners, compared, items, ease, fresh }: GroupPractice) {
    const whom = groupInWords(locale, attribute, group);
    if (withheld) return <p>{t('fair.withheld', { whom })}</p>;
    const gap = (what: 'ease' | 'fresh', found: Gap | null): string => {
      if (found === null) return t(`fair.${what}-unknown`);
      if (!found.steered) return t(`fair.${what}-alike`);
      return t(found.gap < 0 ? `fair.${what}-less` : `fair.${what}-more`, { points: formats.number(100 * Math.abs(found.gap), 0), low: formats.number(100 * Math.min(Math.abs(found.low), Math.abs(found.high)), 0), high: formats.number(100 * Math.max(Math.abs(found.low), Math.abs(found.high)), 0) });
    };
    return (
      <>
        <p>{t('fair.whom', { whom, beside: groupInWords(locale, attribute, reference), learners: formats.number(learners ?? 0) })} {gap('ease', ease)} {gap('fresh', fresh)} {compared === 0 ? t('fair.no-items') : t('fair.items', { count: items.length, compared: formats.number(compared ?? 0) })}</p>
        {items.length > 0 && (
          <ul>
            {items.map(({ item, question, asks, size }) => (
              <li key={item}>{question ? inLanguage(locale, question) : item} <span className="muted">{t(`fair.asks-${asks}-${size}`)}</span></li>
            ))}
          </ul>
        )}
      </>
    );
  }
} // prettier-ignore

const toneOf = ({ items, ease, fresh }: GroupPractice): 'good' | 'warn' =>
  items.length > 0 || ease?.steered === true || fresh?.steered === true ? 'warn' : 'good';
