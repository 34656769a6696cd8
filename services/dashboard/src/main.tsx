// Before everything else: a place's own styles stand above them.
import './look/tokens.css';
import './look/base.css';
import './look/parts.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient, sessionQuery } from './app/api.js';
import { startChoices } from './app/choices.js';
import { preloadPlace, router } from './app/router.js';
import { languageOf, startTexts } from './i18n/i18n.js';
import { registerWorker } from './offline/register-worker.js';

// The code of the place, and who is signed in, are asked for while this is still being set up: each wait on a slow line would come on top of the other.
void preloadPlace(location.pathname);
const { language } = startChoices();
const wished = new URLSearchParams(location.search).get('lang');
// A server that cannot be reached is told of by the places themselves.
const session = await queryClient.fetchQuery(sessionQuery).catch(() => null);
await startTexts(languageOf([wished, language, session?.locale, ...navigator.languages]));

const place = document.getElementById('page');
if (!place) throw new Error('index.html has no element #page');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
if (import.meta.env.PROD) registerWorker();
