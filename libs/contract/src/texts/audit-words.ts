import { type AuditVerdict } from '../shapes/audits.js';
import { type MessageKey } from './messages.js';
import { type Locale } from './locale.js';
import { say, sayAny, texts } from './say.js';

/** Names that audits give to those who declared nothing, and to small groups put together. */
const NOT_DECLARED = 'not declared';
const SMALL_GROUPS = 'other (small groups)';

const known = (key: string): key is MessageKey => Object.hasOwn(texts.en, key);
const keyOf = (text: string): string =>
  text
    .replace(/[A-Z]/g, (letter) => `-${letter}`)
    .replaceAll(/[_\s]+/g, '-')
    .toLowerCase()
    .replace(/^-/, '');

const values: Readonly<Record<string, string>> = {
  y: 'yes',
  yes: 'yes',
  true: 'yes',
  '1': 'yes',
  n: 'no',
  no: 'no',
  false: 'no',
  '0': 'no',
  f: 'f',
  female: 'f',
  m: 'm',
  male: 'm',
};

/** An attribute as it stands inside a sentence; one that the texts do not know stands for itself, with spaces. @example attributeInWords('en', 'imd_band') // => 'deprivation of the area' */
export function attributeInWords(locale: Locale, attribute: string): string {
  const [one, other] = attribute.split(' × ');
  if (one !== undefined && other !== undefined)
    return say(locale, 'attribute.crossed', { one: attributeInWords(locale, one), other: attributeInWords(locale, other) });
  const key = `attribute.${keyOf(attribute)}`;
  return known(key) ? sayAny(locale, key, {}) : attribute.replaceAll('_', ' ');
}

/** A group's value as it heads a row; one that the texts do not know stands for itself. @example valueInWords('es', 'Y') // => 'Sí' */
export function valueInWords(locale: Locale, group: string): string {
  const crossed = group.split(' × ');
  if (crossed.length > 1) return crossed.map((one) => valueInWords(locale, one)).join(' × ');
  if (group === NOT_DECLARED) return say(locale, 'value.not-declared');
  if (group === SMALL_GROUPS) return say(locale, 'value.small-groups');
  const key = `value.${values[group.toLowerCase()] ?? ''}`;
  return known(key) ? sayAny(locale, key, {}) : group;
}

/** Which students, as it follows "students". @example groupInWords('en', 'disability', 'Y') // => 'with a disability' */
export function groupInWords(locale: Locale, attribute: string, group: string): string {
  const said = attributeInWords(locale, attribute);
  if (group === NOT_DECLARED) return say(locale, 'whom.not-declared', { attribute: said });
  if (group === SMALL_GROUPS) return say(locale, 'whom.small-groups', { attribute: said });
  const banded = `whom.${keyOf(attribute)}`;
  if (known(banded)) return sayAny(locale, banded, { group });
  const key = `whom.${keyOf(attribute)}-${values[group.toLowerCase()] ?? ''}`;
  return known(key) ? sayAny(locale, key, {}) : say(locale, 'whom.other', { attribute: said, group });
}

const outcomeInWords = (locale: Locale, target: string, came: boolean): string => {
  const key = `outcome.${target}${came ? '' : '-no'}`;
  return known(key) ? sayAny(locale, key, {}) : say(locale, came ? 'outcome.other' : 'outcome.other-no');
};

/**
 * A sentence of an audit: what, of whom, and whether it can be chance.
 *
 * @param target what is predicted, so that the sentence says "who later do not pass"
 * @example auditInWords('en', verdict, 'not-passing')
 * // => 'The model misses 9 more of 100 students with a disability who later do not pass; unlikely to be chance.'
 */
export function auditInWords(locale: Locale, verdict: AuditVerdict, target: string): string {
  const { code, attribute, group, groups, significant } = verdict;
  const smallest = verdict.smallestPer100 === null ? null : Math.ceil(verdict.smallestPer100);
  const said = attributeInWords(locale, attribute);
  const list = groups.length === 0 ? null : groups.join(', ');
  const gap = {
    per100: verdict.per100 === null ? null : Math.round(verdict.per100),
    whom: groupInWords(locale, attribute, group ?? ''),
    chance: significant ? say(locale, 'audit.not-chance') : say(locale, 'audit.can-be-chance', { smallest }),
  };
  switch (code) {
    case 'names-more':
    case 'names-fewer':
    case 'wrong-more-often':
    case 'wrong-less-often':
      return say(locale, `audit.${code}`, gap);
    case 'misses-more':
    case 'misses-fewer':
      return say(locale, `audit.${code}`, { ...gap, outcome: outcomeInWords(locale, target, true) });
    case 'false-alarms-more':
    case 'false-alarms-fewer':
      return say(locale, `audit.${code}`, { ...gap, outcome: outcomeInWords(locale, target, false) });
    case 'no-gap-shown':
      return say(locale, 'audit.no-gap-shown', { attribute: said, smallest });
    case 'small-groups-pooled':
      return say(locale, 'audit.small-groups-pooled', { attribute: said, groups: list ?? '' });
    case 'too-few-to-judge':
      return say(locale, 'audit.too-few-to-judge', { attribute: said, groups: list });
    default:
      return code satisfies never;
  }
}
