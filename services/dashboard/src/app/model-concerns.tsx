import { useTranslation } from 'react-i18next';
import { useConcerns } from '../models/use-concerns.js';

/** A mark beside the place Models, for admins: a model left what it had promised, and nobody has decided about it yet. */
export function ModelConcerns() {
  const { t } = useTranslation();
  const { length: count } = useConcerns();
  if (count === 0) return null;
  return (
    <span className="mark" title={t('shell.concerns', { count })}>
      <span aria-hidden="true">{count}</span>
      <span className="only-read">{t('shell.concerns', { count })}</span>
    </span>
  );
}
