import { Link, Outlet, useLocation, useRouteContext, useRouter } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Lost } from '../parts/trouble.js';
import { client, rememberSession, sessionQuery } from './api.js';
import { Help, useHelp } from './help.js';
import { useKeys } from './keys.js';
import { mayBeAt, placesFor } from './places.js';
import { ModelConcerns } from './model-concerns.js';
import { Preparing } from './preparing.js';
import { ReaderOf } from './reader.js';
import { Toasts } from './toasts-view.js';
import { undoLatest } from './toasts.js';
import { ViewMenu } from './view-menu.js';

/** The frame of every signed-in place: where one can go, how it looks, and a way out. */
export function Shell() {
  const { t } = useTranslation();
  const router = useRouter();
  const { session: first } = useRouteContext({ from: '/signed-in' });
  const { data: now } = useQuery(sessionQuery);
  const help = useHelp();
  const main = useRef<HTMLElement>(null);
  // The session may end while the page is open: then whoever sits there has to sign in again, and comes back to the same address.
  const ended = now === null;
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
  useKeys({ '?': help.open, z: () => undoLatest() });

  const session = now ?? first;
  const allowed = mayBeAt(session.roles, useLocation().pathname);
  const signOut = async () => {
    await client.session.signOut();
    rememberSession(null);
    await router.navigate({ to: '/sign-in' });
  };
  return (
    <ReaderOf session={session}>
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>
        {t('shell.skip')}
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <img src="/mark.svg" alt="" width="28" height="28" />
          <span>{t('shell.name')}</span>
        </Link>
        <nav aria-label={t('shell.places')}>
          {placesFor(session.roles).map((place) => (
            <Link key={place.to} to={place.to} className="place">
              {t(place.title)}
              {place.to === '/models' && session.roles.includes('admin') && <ModelConcerns />}
            </Link>
          ))}
        </nav>
        <div className="bar-end">
          <button type="button" className="quiet icon" onClick={help.open} aria-label={t('shell.help')} title={t('shell.help')}>
            <span aria-hidden="true">?</span>
          </button>
          <ViewMenu name={session.name} signOut={() => void signOut()} />
        </div>
      </header>
      <Preparing />
      <main id="main" ref={main} tabIndex={-1}>
        {allowed ? <Outlet /> : <Lost />}
      </main>
      <Toasts />
      <Help state={help} />
    </ReaderOf>
  ); // prettier-ignore
}
