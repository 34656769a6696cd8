import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf, languages, speak } from '../i18n/i18n.js';
import { choose, useChoices } from './choices.js';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly lang?: string;
}

function Choice({ label, value, options, onChoose }: { readonly label: string; readonly value: string; readonly options: readonly Option[]; readonly onChoose: (value: string) => void }) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
} // prettier-ignore

/** How the page looks and speaks, and the way out. */
export function ViewMenu({ name, signOut }: { readonly name: string; readonly signOut: () => void }) {
  const { t, i18n } = useTranslation();
  const choices = useChoices();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const leave = (event: Event) => {
      const gone = event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node);
      if (gone) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('keydown', leave);
    };
  }, [open]);
  return (
    <div className="menu-box" ref={box}>
      <button type="button" className="quiet who" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="who-name">{name}</span>
        <span className="who-short" aria-hidden="true">☰</span>
      </button>
      {open && (
        <div className="menu" role="group" aria-label={t('view.title')}>
          <Choice
            label={t('view.theme')}
            value={choices.theme}
            options={[
              { value: 'system', label: t('view.theme-system') },
              { value: 'light', label: t('view.theme-light') },
              { value: 'dark', label: t('view.theme-dark') },
            ]}
            onChoose={(value) => choose({ theme: value === 'dark' ? 'dark' : value === 'light' ? 'light' : 'system' })}
          />
          <Choice
            label={t('view.density')}
            value={choices.density}
            options={[
              { value: 'roomy', label: t('view.roomy') },
              { value: 'dense', label: t('view.dense') },
            ]}
            onChoose={(value) => choose({ density: value === 'dense' ? 'dense' : 'roomy' })}
          />
          <Choice
            label={t('view.keys')}
            value={choices.keys}
            options={[
              { value: 'on', label: t('view.on') },
              { value: 'off', label: t('view.off') },
            ]}
            onChoose={(value) => choose({ keys: value === 'off' ? 'off' : 'on' })}
          />
          <Choice
            label={t('view.language')}
            value={languageOf([i18n.language])}
            options={languages.map((language) => ({ value: language.code, label: language.name, lang: language.code }))}
            onChoose={(value) => {
              choose({ language: value });
              void speak(value);
            }}
          />
          <button type="button" className="plain" onClick={signOut}>
            {t('view.sign-out')}
          </button>
        </div>
      )}
    </div>
  ); // prettier-ignore
}
