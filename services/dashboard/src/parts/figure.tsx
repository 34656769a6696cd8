import { type Figure } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';

/** A number in a table, or why there is none: zero is `0`, missing a dash, suppressed a hatched cell. */
export function FigureCell({ figure, show, minimum }: { readonly figure: Figure; readonly show?: (value: number) => string; readonly minimum: number }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  if (figure.is === 'suppressed') {
    const why = t('figure.suppressed', { n: minimum });
    return (
      <span className="suppressed" title={why}>
        <span className="only-read">{why}</span>
      </span>
    );
  }
  if (figure.is === 'missing') {
    return (
      <span className="missing" title={t('figure.missing')}>
        <span aria-hidden="true">–</span>
        <span className="only-read">{t('figure.missing')}</span>
      </span>
    );
  }
  return <>{show ? show(figure.value) : formats.number(figure.value)}</>;
} // prettier-ignore
