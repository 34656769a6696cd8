import { type LocalText, type NextReason } from '../shapes/practice.js';
import { type Locale } from './say.js';

/** A text in the reader's language, else in English. @example inLanguage('es', { en: 'Adding' }) // => 'Adding' */
export const inLanguage = (locale: Locale, text: LocalText): string => (locale === 'es' ? (text.es ?? text.en) : text.en);

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
