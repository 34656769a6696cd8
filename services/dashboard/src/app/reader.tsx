import { type Locale, localeOf, type Session } from '@pharos/contract';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formats, formatsOf } from './format.js';

/** Who reads, in which language and with which formats. */
export interface Reader {
  readonly session: Session;
  /** Language of the contract's texts. */
  readonly locale: Locale;
  readonly formats: Formats;
}

const Reading = createContext<Reader | null>(null);

export function ReaderOf({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const reader = useMemo(() => ({ session, locale, formats: formatsOf(locale, session.timeZone) }), [session, locale]);
  return <Reading value={reader}>{children}</Reading>;
}

/** @throws outside of a signed-in place: nothing there may be shown without knowing to whom */
export function useReader(): Reader {
  const reader = use(Reading);
  if (!reader) throw new Error('there is no reader outside of a signed-in place');
  return reader;
}
