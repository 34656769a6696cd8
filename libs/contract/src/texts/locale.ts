import { type LocalText } from '../shapes/practice.js';

/** Languages of the texts. In a file of its own: who only has to choose among them needs none of what words them. */
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

/** The language that is asked for, if it is one of ours; else English. @example localeOf('es-MX') // => 'es' */
export function localeOf(tag: string | null | undefined): Locale {
  const language = tag?.toLowerCase().split('-')[0];
  return locales.find((locale) => locale === language) ?? 'en';
}

/** A text in the reader's language, else in English. @example inLanguage('es', { en: 'Adding' }) // => 'Adding' */
export const inLanguage = (locale: Locale, text: LocalText): string => (locale === 'es' ? (text.es ?? text.en) : text.en);
