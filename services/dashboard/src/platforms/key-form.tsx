import { type Key, type KeySettings } from '@pharos/contract';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';
import { limitNames, pharosScopes, type ScopeName, specScopes, usualScopes } from './scopes.js';

export interface KeyWish {
  readonly name: string;
  readonly scopes: ScopeName[];
  readonly settings: KeySettings;
}

interface KeyFormProps {
  /** The key to change; a new one without. */
  readonly of?: Key;
  readonly busy: boolean;
  readonly error: unknown;
  readonly send: (wish: KeyWish) => void;
  readonly leave: () => void;
}

/** What a platform may do: its name, its scopes, its options and limits. */
export function KeyForm({ of, busy, error, send, leave }: KeyFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [none, setNone] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const scopes = [...specScopes, ...pharosScopes].filter((scope) => fields.getAll('scope').includes(scope));
    setNone(scopes.length === 0);
    if (scopes.length > 0) send({ name: textOf(fields, 'name'), scopes, settings: settingsIn(fields) });
  };
  const group = (title: string, scopes: readonly ScopeName[]) => (
    <fieldset className="scopes">
      <legend>{title}</legend>
      {scopes.map((scope) => (
        <label key={scope} className="check">
          <input type="checkbox" name="scope" value={scope} defaultChecked={(of?.scopes ?? usualScopes).includes(scope)} />
          <span>
            <code>{scope}</code> <span className="muted small">{t(`platforms.scope-${scope}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
  return (
    <form className="key-form stack" onSubmit={submit} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{of ? t('platforms.change-title', { name: of.name }) : t('platforms.new-title')}</h3>
      <label className="field">
        <span>{t('platforms.key-name')}</span>
        <input name="name" required maxLength={200} autoComplete="off" defaultValue={of?.name} placeholder={t('platforms.key-name-hint')} autoFocus />
      </label>
      {group(t('platforms.scopes-spec'), specScopes)}
      <details open={of?.scopes.some((scope) => pharosScopes.some((one) => one === scope))}>
        <summary>{t('platforms.scopes-more')}</summary>
        <p className="muted small">{t('platforms.scopes-care')}</p>
        {group(t('platforms.scopes-pharos'), pharosScopes)}
      </details>
      <details open={of !== undefined && Object.keys(of.settings).length > 0}>
        <summary>{t('platforms.options')}</summary>
        <div className="stack">
          {(['lint', 'lenient'] as const).map((option) => (
            <label key={option} className="check">
              <input type="checkbox" name={option} defaultChecked={of?.settings[option] ?? false} />
              <span>{t(`platforms.option-${option}`)}</span>
            </label>
          ))}
          <div className="limits">
            {limitNames.map((name) => (
              <label key={name} className="field">
                <span>{t(`platforms.limit-${name}`)}</span>
                <input name={name} type="number" min="0.1" step="any" inputMode="decimal" defaultValue={of?.settings.limits?.[name]} placeholder={t('platforms.no-limit')} />
              </label>
            ))}
          </div>
        </div>
      </details>
      {none && <p className="notice" role="alert">{t('platforms.no-scope')}</p>}
      {error !== null && <Trouble error={error} />}
      <p className="acts">
        <button type="submit" className="primary" disabled={busy}>{t(of ? 'platforms.save' : 'platforms.make')}</button>
        <button type="button" onClick={leave}>{t('platforms.leave')}</button>
      </p>
    </form>
  );
} // prettier-ignore

function settingsIn(fields: FormData): KeySettings {
  const limits = Object.fromEntries(
    limitNames.map((name) => [name, Number(textOf(fields, name))] as const).filter(([, value]) => value > 0),
  );
  return {
    ...(fields.has('lint') && { lint: true }),
    ...(fields.has('lenient') && { lenient: true }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}
