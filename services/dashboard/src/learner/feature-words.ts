import { type TFunction } from 'i18next';
import { type Formats } from '../app/format.js';
import { en, type TextKey } from '../i18n/en.js';

const shares = /^(regularity|work_missed_share|attendance_rate|report_percent|mark_(mean|last|lowest|first|trend)|\w+_rank)$/;

type FeatureKey = Extract<TextKey, `feature.${string}`>;
const isKnown = (key: string): key is FeatureKey => Object.hasOwn(en, key);

/** What a model looks at, in words; against the class where the value is a distance from the classmates. */
export function featureInWords(t: TFunction<'page'>, feature: string): string {
  const plain = feature.replace(/_(z|rank)$/, '');
  const key = `feature.${plain}`;
  const said = isKnown(key) ? t(key) : plain.replaceAll('_', ' ');
  return feature === plain ? said : t('feature-in-class', { what: said });
}

/** Its value as a person writes it: shares as percentages, the rest as numbers with at most one digit. */
export function featureValue(formats: Formats, feature: string, value: number | null, unknown: string): string {
  if (value === null) return unknown;
  if (shares.test(feature)) return formats.percent(value);
  return formats.number(value, Number.isInteger(value) ? 0 : 1);
}
