import { type Risk, riskInWords, say, sureInWords } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';

/** A risk as a person reads it: words first, then how sure and since when. Never a number alone. */
export function RiskWords({ risk, full = false }: { readonly risk: Risk; readonly full?: boolean }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  return (
    <div className="risk-words">
      <p className="risk">{riskInWords(locale, risk)}</p>
      <p className="sure muted">
        {full && risk.heldOut && <span>{sureInWords(locale, risk.heldOut)}</span>}
        <span>{say(locale, `sure.${risk.sure}`)}</span>
        {full && <span>{t('risk.as-of', { when: formats.moment(risk.asOf) })}</span>}
      </p>
    </div>
  );
}
