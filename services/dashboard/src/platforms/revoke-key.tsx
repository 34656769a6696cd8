import { useTranslation } from 'react-i18next';
import { Trouble } from '../parts/trouble.js';

interface RevokeKeyProps {
  readonly name: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly go: () => void;
  readonly leave: () => void;
}

/** Asks once more, since a revoked key never comes back. */
export function RevokeKey({ name, busy, error, go, leave }: RevokeKeyProps) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="group" aria-labelledby="revoke-title">
      <p id="revoke-title">
        <strong>{t('platforms.revoke-sure', { name })}</strong> {t('platforms.revoke-what')}
      </p>
      {error !== null && <Trouble error={error} />}
      <p className="acts">
        <button type="button" className="primary" disabled={busy} onClick={go} autoFocus>
          {t('platforms.revoke-yes')}
        </button>
        <button type="button" onClick={leave}>
          {t('platforms.leave')}
        </button>
      </p>
    </div>
  );
}
