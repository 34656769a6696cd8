import { useTranslation } from 'react-i18next';
import { dismiss, useToasts } from './toasts.js';

/** What was just done, with a way back. Read out without taking the focus. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <span>{toast.text}</span>
          {toast.undo && (
            <button type="button" className="undo" onClick={() => { toast.undo?.(); dismiss(toast.id); }}>
              {t('toast.undo')}
            </button>
          )}
          <button type="button" className="icon" aria-label={t('toast.dismiss')} onClick={() => dismiss(toast.id)}>
            <span aria-hidden="true">×</span>
          </button>
        </div>
      ))}
    </div>
  ); // prettier-ignore
}
