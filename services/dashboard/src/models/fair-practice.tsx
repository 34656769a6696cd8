import { attributeInWords, type GroupPractice, groupInWords, inLanguage, routes, valueInWords } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, isProblem, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { TableBox } from '../parts/table-box.js';
import { Trouble } from '../parts/trouble.js';
import { useAttributeName } from './gap-lines.js';

type Gap = NonNullable<GroupPractice['ease']>;

/** Whether practice treats groups alike: what stands out in sentences, then every group in figures, then the items that differ. */
export function FairPractice() {
  const { session } = useReader();
  return mayUse(session, routes.audits.practice.roles) ? <Found /> : null;
}

function Found() {
  const { t } = useTranslation();
  const { formats } = useReader();
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
      {attributes.map(({ attribute, groups }) => <Attribute key={attribute} attribute={attribute} groups={groups} />)}
    </section>
  );
} // prettier-ignore

function Attribute({ attribute, groups }: { readonly attribute: string; readonly groups: readonly GroupPractice[] }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  const nameOf = useAttributeName();
  const shown = groups.filter(({ withheld }) => !withheld);
  const said = shown.flatMap((group) => (['ease', 'fresh'] as const).flatMap((what) => sentence(group, what)));
  const items = shown.flatMap((group) => group.items.map((item) => ({ ...item, whom: groupInWords(locale, attribute, group.group) })));
  const of100 = (share: number): string => formats.signed(100 * share);
  return (
    <>
      <h3>{t('fair.by', { attribute: nameOf(attribute), reference: valueInWords(locale, groups[0]!.reference) })}</h3>
      <ul className="verdicts">
        {said.map((one) => <li key={one} data-tone="care">{one}</li>)}
        {items.length > 0 && <li data-tone="care">{t('fair.items-differ', { count: items.length })}</li>}
        {said.length === 0 && items.length === 0 && (shown.length > 0 ? <li>{t('fair.nothing')}</li> : <li data-tone="unknown">{t('fair.all-withheld')}</li>)}
      </ul>
      <TableBox label={t('fair.table', { attribute: attributeInWords(locale, attribute) })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('audit.group')}</th>
              <th scope="col" className="number">{t('fair.people')}</th>
              <th scope="col" className="number">{t('fair.ease')}</th>
              <th scope="col" className="number">{t('fair.fresh')}</th>
              <th scope="col" className="number">{t('fair.differing')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ group, withheld, learners, compared, items: differing, ease, fresh }) => (
              <tr key={group}>
                <th scope="row">{valueInWords(locale, group)}</th>
                {withheld ? (
                  <td colSpan={4} className="muted">{t('fair.withheld')}</td>
                ) : (
                  <>
                    <td className="number">{t('fair.at-least', { learners: formats.number(learners ?? 0) })}</td>
                    {figure(ease)}
                    {figure(fresh)}
                    <td className="number" data-how={differing.length > 0 ? 'worse' : undefined}>{compared === 0 ? missing() : t('fair.of', { differing: formats.number(differing.length), compared: formats.number(compared ?? 0) })}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      {items.length > 0 && (
        <ul className="reasons unlike">
          {items.map(({ item, question, whom, asks, size }) => (
            <li key={`${item} ${whom}`}>
              <q>{question ? inLanguage(locale, question) : item}</q> <span className="muted">{t(`fair.asks-${asks}-${size}`, { whom })}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );

  function sentence({ group, reference, ...gaps }: GroupPractice, what: 'ease' | 'fresh'): readonly string[] {
    const found = gaps[what];
    if (!found?.steered) return [];
    const [whom, beside] = [groupInWords(locale, attribute, group), groupInWords(locale, attribute, reference)];
    return [t(found.gap < 0 ? `fair.${what}-less` : `fair.${what}-more`, { whom, beside, points: formats.number(100 * Math.abs(found.gap)) })];
  }

  function figure(found: Gap | null) {
    return (
      <td className="number" data-how={found?.steered ? 'worse' : undefined}>
        {found ? of100(found.gap) : missing()}
        {found && <span className="interval muted small">{t('fair.interval', { low: of100(found.low), high: of100(found.high) })}</span>}
      </td>
    );
  }

  function missing() {
    return <span className="missing" title={t('fair.unknown')}>–<span className="only-read">{t('fair.unknown')}</span></span>;
  }
} // prettier-ignore
