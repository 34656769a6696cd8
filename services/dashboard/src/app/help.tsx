import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface HelpState {
  readonly shown: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

export function useHelp(): HelpState {
  const [shown, setShown] = useState(false);
  return { shown, open: () => setShown(true), close: () => setShown(false) };
}

const keys = [
  ['j', 'help.next'],
  ['k', 'help.previous'],
  ['Enter', 'help.open'],
  ['/', 'help.search'],
  ['a', 'help.seen'],
  ['l', 'help.log'],
  ['s', 'help.snooze'],
  ['o', 'help.override'],
  ['c', 'help.close'],
  ['n', 'help.note'],
  ['z', 'help.undo'],
  ['?', 'help.help'],
  ['Esc', 'help.leave'],
] as const;

/** Which keys do what. */
export function Help({ state }: { readonly state: HelpState }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (state.shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [state.shown]);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={state.close}>
      <h2 id="help-title">{t('help.title')}</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('help.off')}</p>
      <button type="button" className="primary" onClick={state.close}>
        {t('help.done')}
      </button>
    </dialog>
  );
}
