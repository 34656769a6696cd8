import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.js';
import { firstStatements, type KeyPair } from './first-statement.js';

/** A first statement in three languages, with the address of this server and, where it was just made, the key. */
export function Examples({ pair }: { readonly pair?: KeyPair }) {
  const { t } = useTranslation();
  const examples = firstStatements(location.origin, pair);
  const [language, setLanguage] = useState(examples[0]!.language);
  const shown = examples.find((one) => one.language === language)!;
  return (
    <div className="examples">
      <div className="card-head">
        <fieldset className="segments">
          <legend className="only-read">{t('platforms.language')}</legend>
          {examples.map((one) => (
            <label key={one.language}>
              <input type="radio" name={pair ? 'example-new' : 'example'} checked={one.language === language} onChange={() => setLanguage(one.language)} />
              <span>{one.language}</span>
            </label>
          ))}
        </fieldset>
        <CopyButton text={shown.text} what={shown.language} />
      </div>
      <pre tabIndex={0}>{shown.text}</pre>
    </div>
  );
} // prettier-ignore
