import { type PlatformsLive } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.js';
import { Examples } from './examples.js';

export interface MadeKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** A key that was just made: the only time that its secret is shown, and whether its first statement has come. */
export function NewKey({ made, live, leave }: { readonly made: MadeKey; readonly live: PlatformsLive | undefined; readonly leave: () => void }) {
  const { t } = useTranslation();
  const arrived = live?.items.find(({ credential }) => credential === made.id)?.lastStatementAt ?? null;
  const wrong = live?.findings.find(({ credential, kind }) => credential === made.id && kind === 'refused');
  return (
    <section className="new-key stack" aria-labelledby="new-key-title">
      <div>
        <h3 id="new-key-title">{t('platforms.made', { name: made.name })}</h3>
        <p className="notice">{t('platforms.shown-once')}</p>
      </div>
      <dl className="secret">
        {(['id', 'secret'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`platforms.made-${part}`)}</dt>
            <dd>
              <code>{made[part]}</code> <CopyButton text={made[part]} what={t(`platforms.made-${part}`)} />
            </dd>
          </div>
        ))}
      </dl>
      <div>
        <p className="about">{t('platforms.start-with-key')}</p>
        <Examples pair={made} />
      </div>
      <p className="first" role="status" data-arrived={arrived !== null}>
        {arrived !== null ? t('platforms.first-arrived') : wrong ? t('platforms.first-refused', { path: wrong.path, message: wrong.message }) : t('platforms.first-waiting')}
      </p>
      <p>
        <button type="button" className="primary" onClick={leave}>{t('platforms.kept')}</button>
      </p>
    </section>
  );
} // prettier-ignore
