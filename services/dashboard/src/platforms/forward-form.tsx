import { type NewForward } from '@pharos/contract';
import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type z } from 'zod';
import { textOf } from '../parts/fields.js';
import { Trouble } from '../parts/trouble.js';

export type ForwardWish = z.input<typeof NewForward>;

interface ForwardFormProps {
  readonly platforms: readonly { readonly credential: string; readonly name: string }[];
  readonly busy: boolean;
  readonly error: unknown;
  readonly send: (wish: ForwardWish) => void;
  readonly leave: () => void;
}

const kinds = ['xapi', 'webhook'] as const;

/** Another record store, or a webhook, that statements are to be sent on to. */
export function ForwardForm({ platforms, busy, error, send, leave }: ForwardFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [kind, setKind] = useState<(typeof kinds)[number]>('xapi');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(wishIn(new FormData(event.currentTarget), kind));
  };
  return (
    <form className="key-form stack" onSubmit={submit} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('platforms.forward-new-title')}</h3>
      <fieldset className="segments">
        <legend className="only-read">{t('platforms.forward-kind')}</legend>
        {kinds.map((one) => (
          <label key={one}>
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            <span>{t(`platforms.forward-kind-${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>{t('platforms.forward-name')}</span>
        <input name="name" required maxLength={200} autoComplete="off" autoFocus />
      </label>
      <label className="field">
        <span>{t(`platforms.forward-url-${kind}`)}</span>
        <input name="url" type="url" required maxLength={2_000} pattern="https?://.*" autoComplete="off" />
      </label>
      <div className="limits">
        {kind === 'xapi' && (
          <label className="field">
            <span>{t('platforms.forward-key')}</span>
            <input name="key" required maxLength={900} pattern="[^:]+" autoComplete="off" />
          </label>
        )}
        <label className="field">
          <span>{t(`platforms.forward-secret-${kind}`)}</span>
          <input name="secret" type="password" required maxLength={900} autoComplete="new-password" />
        </label>
        <label className="field">
          <span>{t('platforms.forward-version')}</span>
          <select name="version">
            <option>1.0.3</option>
            <option>2.0.0</option>
          </select>
        </label>
      </div>
      <details>
        <summary>{t('platforms.forward-only')}</summary>
        <div className="stack">
          {(['verbs', 'activities'] as const).map((what) => (
            <label key={what} className="field">
              <span>{t(`platforms.forward-${what}`)}</span>
              <textarea name={what} rows={3} spellCheck={false} />
            </label>
          ))}
          <fieldset className="scopes">
            <legend>{t('platforms.forward-platforms')}</legend>
            {platforms.map(({ credential, name }) => (
              <label key={credential} className="check">
                <input type="checkbox" name="platform" value={credential} />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
        </div>
      </details>
      {(['fromNow', 'withIdentities'] as const).map((option) => (
        <label key={option} className="check">
          <input type="checkbox" name={option} />
          <span>{t(`platforms.forward-${option}`)}</span>
        </label>
      ))}
      {error !== null && <Trouble error={error} />}
      <p className="acts">
        <button type="submit" className="primary" disabled={busy}>{t('platforms.forward-make')}</button>
        <button type="button" onClick={leave}>{t('platforms.leave')}</button>
      </p>
    </form>
  );
} // prettier-ignore

const linesOf = (fields: FormData, name: string) => textOf(fields, name).split(/\s+/).filter((line) => line !== ''); // prettier-ignore

function wishIn(fields: FormData, kind: ForwardWish['kind']): ForwardWish {
  const [verbs, activities, platforms] = [linesOf(fields, 'verbs'), linesOf(fields, 'activities'), fields.getAll('platform').map(String)];
  const secret = textOf(fields, 'secret');
  return {
    kind,
    name: textOf(fields, 'name'),
    url: textOf(fields, 'url'),
    version: textOf(fields, 'version') === '2.0.0' ? '2.0.0' : '1.0.3',
    secret: kind === 'xapi' ? `${textOf(fields, 'key')}:${secret}` : secret,
    filter: {
      ...(verbs.length > 0 && { verbs }),
      ...(activities.length > 0 && { activities }),
      ...(platforms.length > 0 && { platforms }),
    },
    fromNow: fields.has('fromNow'),
    withIdentities: fields.has('withIdentities'),
  };
}
