import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from '../app/toasts.js';

/** Puts a text on the clipboard. Where the browser keeps pages off it (no HTTPS), says so: the text stands beside the button. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    } catch {
      tell({ text: t('platforms.copy-not'), tone: 'trouble', until: null, undo: null });
    }
  };
  return (
    <button type="button" className="copy small" aria-label={t('platforms.copy-what', { what })} onClick={() => void copy()}>
      <span aria-live="polite">{t(copied ? 'platforms.copied' : 'platforms.copy')}</span>
    </button>
  );
}
