import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.js';
import { withForms } from './plural-forms.js';
import { pseudoCatalogue } from './pseudo.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page';
    keySeparator: false;
    nsSeparator: false;
    resources: { page: typeof en };
  }
}

/** Languages to choose from, each by its own name. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
] as const;

/** Generated languages, for looking at the page: longer texts with accents, and the same from right to left. */
const generated: Readonly<Record<string, 'ltr' | 'rtl'>> = { 'en-XA': 'ltr', 'ar-XB': 'rtl' };

async function textsOf(language: string): Promise<Record<string, string>> {
  if (language in generated) return withForms(pseudoCatalogue(en));
  if (language === 'es') return withForms((await import('./es.js')).es);
  return { ...en };
}

/** The language to speak: the first of those wished for that the page knows, else English. @example languageOf(['fr-CA', 'es-MX']) // => 'es' */
export function languageOf(wishes: readonly (string | null | undefined)[]): string {
  const known: readonly string[] = [...languages.map((language) => language.code), ...Object.keys(generated)];
  for (const wish of wishes) {
    const found = known.find((code) => code === wish) ?? known.find((code) => code === wish?.split('-')[0]);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Speaks a language from now on: texts, direction, and what assistive technology is told. */
export async function speak(language: string): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'page')) i18next.addResourceBundle(language, 'page', await textsOf(language));
  document.documentElement.lang = language;
  document.documentElement.dir = generated[language] ?? 'ltr';
  await i18next.changeLanguage(language);
}

/** Sets the texts up in a language; to be awaited before the first paint. */
export async function startTexts(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'page',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { page: await textsOf(language) } },
  });
  await speak(language);
}
