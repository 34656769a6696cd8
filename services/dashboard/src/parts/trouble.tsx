import { ProblemError } from '@pharos/contract';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Says in words what went wrong, what is safe, and what to do now. */
export function Trouble({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const problem = error instanceof ProblemError ? error.problem : null;
  const what = !problem
    ? error instanceof TypeError
      ? t('trouble.offline')
      : t('trouble.page')
    : problem.status === 403
      ? t('trouble.not-allowed')
      : problem.status === 404
        ? t('trouble.not-found')
        : problem.status === 503
          ? t('trouble.not-ready')
          : t('trouble.server');
  return (
    <section className="trouble" role="alert">
      <h2>{what}</h2>
      <p>{t('trouble.safe')}</p>
      <button type="button" className="primary" onClick={() => (again ? again() : void router.invalidate())}>
        {t('trouble.again')}
      </button>
      {problem?.instance && <p className="muted small">{t('trouble.quote', { id: problem.instance })}</p>}
    </section>
  );
}

/** There is nothing here, or not for this reader. */
export function Lost() {
  const { t } = useTranslation();
  return (
    <section className="trouble">
      <h1>{t('lost.title')}</h1>
      <p>{t('lost.body')}</p>
      <Link to="/" className="button primary">
        {t('lost.home')}
      </Link>
    </section>
  );
}

/** Nothing to show, and what that means. */
export function Empty({ title, body, children }: { readonly title: string; readonly body: string; readonly children?: React.ReactNode }) {
  return (
    <section className="empty">
      <h2>{title}</h2>
      <p>{body}</p>
      {children}
    </section>
  );
}
