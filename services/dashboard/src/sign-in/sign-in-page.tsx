import { ProblemError } from '@pharos/contract';
import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, isProblem, rememberSession } from '../app/api.js';
import { choicesNow } from '../app/choices.js';
import { languageOf, speak } from '../i18n/i18n.js';
import { textOf } from '../parts/fields.js';
import './sign-in.css';

/** As it was typed: spaces may belong to it. */
const passwordOf = (fields: FormData): string => {
  const value = fields.get('password');
  return typeof value === 'string' ? value : '';
};

export function SignInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  const [shown, setShown] = useState(false);
  const id = useId();
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => client.session.signIn({ body }),
    onSuccess: async (session) => {
      rememberSession(session);
      await speak(languageOf([choicesNow().language, session.locale, ...navigator.languages]));
      await router.navigate({ href: next ?? '/', replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    signIn.mutate({ login: textOf(fields, 'login'), password: passwordOf(fields) });
  };
  const why = (error: Error): string => {
    if (isProblem(error, 'sign-in-failed')) return t('sign-in.failed');
    if (isProblem(error, 'locked-out')) return t('sign-in.locked', { count: Math.ceil((error.problem.retryAfterSeconds ?? 60) / 60) });
    return error instanceof ProblemError ? t('trouble.server') : t('trouble.offline');
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-labelledby={`${id}-title`}>
        <img src="/mark.svg" alt="" width="48" height="48" />
        <h1 id={`${id}-title`}>{t('sign-in.title')}</h1>
        <p className="muted">{t('sign-in.about')}</p>
        <label htmlFor={`${id}-login`}>{t('sign-in.login')}</label>
        <input id={`${id}-login`} name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus />
        <label htmlFor={`${id}-password`}>{t('sign-in.password')}</label>
        <div className="with-button">
          <input id={`${id}-password`} name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required />
          <button type="button" className="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? t('sign-in.hide') : t('sign-in.show')}
          </button>
        </div>
        <p className="refusal" role="alert">
          {signIn.error ? why(signIn.error) : ''}
        </p>
        <button type="submit" className="primary wide" disabled={signIn.isPending}>
          {signIn.isPending ? t('sign-in.waiting') : t('sign-in.go')}
        </button>
      </form>
    </main>
  );
}
