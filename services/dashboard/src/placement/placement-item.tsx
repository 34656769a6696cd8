import { inLanguage, type ShownItem } from '@pharos/contract';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { wholeFormulas } from '../practice/whole-formulas.js';

interface Props {
  readonly item: ShownItem;
  readonly pending: boolean;
  readonly onAnswer: (given: { response: string; seconds: number }) => void;
}

/** One question of the test: an answer, or “I do not know yet”, which counts as not known and is better than a guess. */
export function PlacementItem({ item, pending, onAnswer }: Props) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const [response, setResponse] = useState('');
  const [startedAt] = useState(() => Date.now());
  const heading = useRef<HTMLHeadingElement>(null);
  // The next question is read out, and the keyboard stays where it is needed.
  useEffect(() => heading.current?.focus(), []);
  const give = (given: string) => onAnswer({ response: given, seconds: Math.min(86_400, (Date.now() - startedAt) / 1_000) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (response.trim() !== '' && !pending) give(response);
  };
  return (
    <section className="card" aria-labelledby="placement-question">
      {item.text !== null && <blockquote className="passage">{item.text}</blockquote>}
      <h2 id="placement-question" className="question" ref={heading} tabIndex={-1}>
        {wholeFormulas(inLanguage(locale, item.question))}
      </h2>
      <form onSubmit={submit}>
        {item.choices.length > 0 ? (
          <fieldset className="answer-choices">
            <legend className="only-read">{t('practice.choose')}</legend>
            {item.choices.map(({ id, text }) => (
              <label key={id}>
                <input type="radio" name="choice" value={id} checked={response === id} onChange={() => setResponse(id)} />
                <span>{text}</span>
              </label>
            ))}
          </fieldset>
        ) : (
          <label className="answer-field">
            {t('practice.answer')}
            <input value={response} onChange={(event) => setResponse(event.target.value)} autoComplete="off" autoCapitalize="off" spellCheck={false} maxLength={200} />
          </label>
        )}
        <div className="practice-acts">
          <button type="submit" className="primary" disabled={pending || response.trim() === ''}>
            {t('placement.answer')}
          </button>
          <button type="button" disabled={pending} onClick={() => give('')}>
            {t('placement.not-known')}
          </button>
        </div>
      </form>
    </section>
  );
} // prettier-ignore
