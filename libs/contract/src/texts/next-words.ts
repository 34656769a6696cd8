import { type NextReason } from '../shapes/practice.js';
import { type Locale } from './locale.js';

/**
 * Why something comes next, in a sentence to the learner.
 *
 * @param titleOf the title of a skill in the reader's language
 * @example nextInWords('en', { code: 'review-due', days: 3 }, 'Adding to 20', titleOf) // => 'You last practised “Adding to 20” 3 days ago: a short review keeps it.'
 */
export function nextInWords(locale: Locale, reason: NextReason, title: string, titleOf: (skill: string) => string): string {
  const es = locale === 'es';
  const named = es ? `«${title}»` : `“${title}”`;
  switch (reason.code) {
    case 'review-due': {
      const ago = reason.days < 1 ? (es ? 'hoy' : 'today') : es ? `hace ${reason.days} ${reason.days === 1 ? 'día' : 'días'}` : `${reason.days} ${reason.days === 1 ? 'day' : 'days'} ago`;
      return es ? `Practicaste ${named} por última vez ${ago}: un repaso corto lo mantiene.` : `You last practised ${named} ${ago}: a short review keeps it.`;
    }
    case 'weak':
      return es ? `${named} todavía no sale siempre: un poco más de práctica ayuda.` : `${named} does not always work yet: a little more practice helps.`;
    case 'ready': {
      const before = reason.after.map(titleOf);
      if (before.length === 0) return es ? `${named} es un buen comienzo.` : `${named} is a good place to begin.`;
      const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(before);
      return es ? `Ya sabes ${list}: estás listo para ${named}.` : `You know ${list}, so you are ready for ${named}.`;
    }
    case 'going-on':
      return es ? `${named} va bien: unas pocas más y será tuyo.` : `${named} is going well: a few more and you have it.`;
    case 'assigned':
      return es ? `${named} está en tu camino «${reason.path}».` : `${named} is on your path “${reason.path}”.`;
    case 'teacher':
      return es ? `Tu docente eligió ${named} para ti.` : `Your teacher chose ${named} for you.`;
    case 'enrichment':
      return es ? `${named} ya lo dominas: un reto, si quieres.` : `You have mastered ${named}: a challenge, if you like.`;
  }
} // prettier-ignore

type StepHelp = 'unreadable' | 'not-sure' | 'not-equal' | 'factor-first-term-only' | 'sign' | 'one-side-only';

const stepHints: Readonly<Record<StepHelp, { readonly en: string; readonly es: string }>> = {
  unreadable: {
    en: 'This line cannot be read. Is a bracket or a sign missing?',
    es: 'Esta línea no se puede leer. ¿Falta un paréntesis o un signo?',
  },
  'not-sure': {
    en: 'This line cannot be checked for sure. Show it to your teacher.',
    es: 'Esta línea no se puede comprobar con seguridad. Enséñasela a tu profesor o profesora.',
  },
  'not-equal': {
    en: 'This line does not follow from the one before. What did you do to each side, and to each part?',
    es: 'Esta línea no se sigue de la anterior. ¿Qué hiciste a cada lado y a cada parte?',
  },
  'factor-first-term-only': {
    en: 'The number in front of the bracket multiplies everything inside it.',
    es: 'El número delante del paréntesis multiplica todo lo que hay dentro.',
  },
  sign: {
    en: 'Look at the signs: one of them does not fit the line before.',
    es: 'Fíjate en los signos: uno no encaja con la línea anterior.',
  },
  'one-side-only': {
    en: 'Only one side has changed. Whatever is done to one side is done to the other.',
    es: 'Solo ha cambiado un lado. Lo que se hace a un lado se hace también al otro.',
  },
};

/** What is said to a wrong step: about the slip where one is known, never what would have been right. @example stepHint('en', 'sign') */
export const stepHint = (locale: Locale, about: StepHelp): string => stepHints[about][locale];
