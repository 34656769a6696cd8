import { type Feedback, inLanguage, type NextActivity, ProblemError } from '@pharos/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { type KeptAnswer } from './kept-answers.js';
import { wholeFormulas } from './whole-formulas.js';

interface Props {
  readonly activity: NextActivity;
  readonly onAnswered: () => void;
  readonly onNext: () => void;
  /** Keeps an answer on this device while there is no connection. */
  readonly onKept: (answer: KeptAnswer) => void;
  readonly onWish: (wish: 'easier' | 'harder') => void;
}

/** An item: its question, an answer, what is said to it, hints one by one, and on to the next. */
export function AnswerCard({ activity: { item, because }, onAnswered, onNext, onKept, onWish }: Props) {
  const { t } = useTranslation();
  const { locale } = useReader();
  const [response, setResponse] = useState('');
  const [hints, setHints] = useState<readonly string[]>([]);
  const [feedback, setFeedback] = useState<Feedback>();
  const [startedAt] = useState(() => Date.now());
  const said = useRef<HTMLDivElement>(null);
  const answer = useMutation({
    mutationFn: () =>
      client.practice.answer({
        body: { item: item.item, response, hints: hints.length, seconds: (Date.now() - startedAt) / 1000, locale },
      }),
    onSuccess: (answered) => {
      setFeedback(answered.feedback);
      onAnswered();
    },
    // What the server refused is refused; what never reached it waits here and is sent later.
    onError: (error) => {
      if (error instanceof ProblemError) return;
      const seconds = Math.min(86_400, (Date.now() - startedAt) / 1000);
      onKept({ id: crypto.randomUUID(), item: item.item, response, hints: hints.length, seconds, locale, at: new Date().toISOString() });
      onNext();
    },
  });
  const hint = useMutation({
    mutationFn: () => client.practice.hint({ body: { item: item.item, taken: hints.length, locale } }),
    onSuccess: ({ hint: next }) => {
      if (next) setHints([...hints, next.say]);
    },
  });
  useEffect(() => {
    if (feedback) said.current?.focus();
  }, [feedback]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (response.trim() !== '' && !answer.isPending) answer.mutate();
  };
  const again = () => {
    if (feedback?.hint) setHints([...hints, feedback.hint.say]);
    setFeedback(undefined);
    setResponse('');
  };
  const mayTryAgain = feedback !== undefined && feedback.verdict !== 'right' && feedback.expected === null;
  return (
    <section className="card" aria-labelledby="practice-question">
      <p className="small muted">{inLanguage(locale, item.title)}</p>
      <p className="why">{because}</p>
      {item.text !== null && <blockquote className="passage">{item.text}</blockquote>}
      <h2 id="practice-question" className="question">
        {wholeFormulas(inLanguage(locale, item.question))}
      </h2>
      {hints.length > 0 && (
        <ol className="hints" aria-label={t('practice.hints')}>
          {hints.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
      )}
      {feedback === undefined ? (
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
            <button type="submit" className="primary" disabled={answer.isPending || response.trim() === ''}>
              {t('practice.check')}
            </button>
            {hints.length < item.hints && (
              <button type="button" disabled={hint.isPending} onClick={() => hint.mutate()}>
                {t('practice.hint', { number: hints.length + 1, of: item.hints })}
              </button>
            )}
          </div>
          {answer.isError && <p className="notice" role="alert">{t('practice.not-kept')}</p>}
        </form>
      ) : (
        <>
          <div className="feedback" data-verdict={feedback.verdict} ref={said} tabIndex={-1} role="status">
            <p className="said">{t(`practice.verdict-${feedback.verdict}`)}</p>
            {feedback.note && <p>{t(`practice.note-${feedback.note}`)}</p>}
            {feedback.misconception && <p>{feedback.misconception.say}</p>}
            {feedback.expected !== null && feedback.verdict !== 'right' && <p>{t('practice.expected', { answer: feedback.expected })}</p>}
          </div>
          <div className="practice-acts">
            {mayTryAgain && (
              <button type="button" className="primary" onClick={again}>
                {t(feedback.hint ? 'practice.again-hint' : 'practice.again')}
              </button>
            )}
            <button type="button" className={mayTryAgain ? undefined : 'primary'} onClick={onNext}>
              {t('practice.next')}
            </button>
          </div>
        </>
      )}
      <div className="practice-acts wishes" role="group" aria-label={t('practice.wish')}>
        <span className="muted">{t('practice.wish')}</span>
        <button type="button" className="quiet" onClick={() => onWish('easier')}>
          {t('practice.easier')}
        </button>
        <button type="button" className="quiet" onClick={() => onWish('harder')}>
          {t('practice.harder')}
        </button>
      </div>
    </section>
  ); // prettier-ignore
}
