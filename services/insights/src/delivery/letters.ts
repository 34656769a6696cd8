import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inLanguage, localeOf, type LocalText, say } from '@pharos/contract';
import { type LearningData } from '@pharos/registry';
import { DateTime } from 'luxon';
import { type Message } from './messages.js';
import { type Sent } from './senders.js';

export interface LetterWords {
  readonly classTitle: (classId: string) => string;
  /** Undefined for a skill that is in no catalogue any more. */
  readonly skillTitle: (skill: string) => LocalText | undefined;
}

/** The week's letter to a teacher, in their language: counts by class, and a link. Whom it is about stands behind the sign-in. */
export function letterMail({ week, classes }: LearningData['digest'], words: LetterWords, about: { readonly locale: string; readonly publicUrl: string }): Message {
  const locale = localeOf(about.locale);
  const monday = DateTime.fromISO(week, { zone: 'UTC' }).setLocale(locale).toLocaleString(DateTime.DATE_FULL);
  const link = (classId: string): string => `${about.publicUrl.replace(/\/$/, '')}/class?class=${encodeURIComponent(classId)}`;
  const parts = classes.map(({ class: id, gaps, ...counts }) => {
    const gapLines = gaps.flatMap(({ skill, weak, tried }) => {
      const title = words.skillTitle(skill);
      return title === undefined ? [] : [`  - ${say(locale, 'mail.letter.gap', { skill: inLanguage(locale, title), weak, tried })}`];
    });
    const stuck = gapLines.length === 0 ? [] : [say(locale, 'mail.letter.gaps'), ...gapLines];
    return [words.classTitle(id), say(locale, 'mail.letter.class', counts), ...stuck, say(locale, 'mail.letter.open', { link: link(id) })].join('\n');
  });
  return { subject: say(locale, 'mail.letter.subject', { week: monday }), text: `${parts.join('\n\n')}\n\n${say(locale, 'mail.footer')}\n` };
} // prettier-ignore

export type KeepLetter = (name: string, letter: Message) => Promise<Sent>;

/** Keeps letters as files where no mail server is configured. A letter that is kept again is the same file. */
export function letterFiles(folder: string): KeepLetter {
  return async (name, { subject, text }) => {
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${name}.txt`), `${subject}\n\n${text}`);
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: `the letter could not be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}` };
    }
  };
}
