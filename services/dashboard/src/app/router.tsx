import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { type Session } from '@pharos/contract';
import { Lost, Trouble } from '../parts/trouble.js';
import { PracticePage } from '../practice/practice-page.js';
import { queryClient, sessionQuery } from './api.js';
import { homeFor } from './places.js';
import { readCaseload, readClass, readLearner, readLearners, readModels, readOverview, readPlatforms, readPlan } from './addresses.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: Lost, errorComponent: Trouble });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only an address of this page may be gone to after signing in, never one that a link brought along.
  validateSearch: (search): { next?: string } => (typeof search.next === 'string' && /^\/(?!\/|\\)/.test(search.next) ? { next: search.next } : {}),
  component: lazyRouteComponent(() => import('../sign-in/sign-in-page.js'), 'SignInPage'),
}); // prettier-ignore

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }): Promise<{ session: Session }> => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session) return { session };
    redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, throw: true });
    throw new Error('a redirect throws by itself');
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context }) => {
    const to = homeFor(context.session.roles);
    if (to) redirect({ to, throw: true });
  },
  component: Lost,
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: '/overview',
  validateSearch: readOverview,
  component: lazyRouteComponent(() => import('../overview/overview-page.js'), 'OverviewPage'),
});
const caseload = createRoute({
  getParentRoute: () => signedIn,
  path: '/caseload',
  validateSearch: readCaseload,
  component: lazyRouteComponent(() => import('../caseload/caseload-page.js'), 'CaseloadPage'),
});
const learners = createRoute({
  getParentRoute: () => signedIn,
  path: '/learners',
  validateSearch: readLearners,
  component: lazyRouteComponent(() => import('../learner/learners-page.js'), 'LearnersPage'),
});
const learner = createRoute({
  getParentRoute: () => signedIn,
  path: '/learners/$learner',
  validateSearch: readLearner,
  component: lazyRouteComponent(() => import('../learner/learner-page.js'), 'LearnerPage'),
});
const models = createRoute({
  getParentRoute: () => signedIn,
  path: '/models',
  validateSearch: readModels,
  component: lazyRouteComponent(() => import('../models/models-page.js'), 'ModelsPage'),
});
const platforms = createRoute({
  getParentRoute: () => signedIn,
  path: '/platforms',
  validateSearch: readPlatforms,
  component: lazyRouteComponent(() => import('../platforms/platforms-page.js'), 'PlatformsPage'),
});
const practice = createRoute({
  getParentRoute: () => signedIn,
  path: '/practice',
  // Opened on telephones and slow lines: it comes with what every place needs.
  component: PracticePage,
});
const placement = createRoute({
  getParentRoute: () => signedIn,
  path: '/placement',
  component: lazyRouteComponent(() => import('../placement/placement-page.js'), 'PlacementPage'),
});
const aClass = createRoute({
  getParentRoute: () => signedIn,
  path: '/class',
  validateSearch: readClass,
  component: lazyRouteComponent(() => import('../class/class-page.js'), 'ClassPage'),
});
const plan = createRoute({
  getParentRoute: () => signedIn,
  path: '/plan',
  validateSearch: readPlan,
  component: lazyRouteComponent(() => import('../plan/plan-page.js'), 'PlanPage'),
});
const me = createRoute({
  getParentRoute: () => signedIn,
  path: '/me',
  component: lazyRouteComponent(() => import('../me/me-page.js'), 'MePage'),
});

const all = [home, overview, caseload, learners, learner, models, platforms, practice, placement, plan, aClass, me] as const;
const routeTree = root.addChildren([signIn, signedIn.addChildren(all)]);

/** Begins to load a place's code before it is known who is there. One that cannot be loaded is told of when it is shown. */
export function preloadPlace(pathname: string): Promise<unknown> {
  const component = [signIn, ...all].find(({ options }) => 'path' in options && options.path === pathname)?.options.component as
    { readonly preload?: () => Promise<unknown> | undefined } | undefined;
  return Promise.resolve(component?.preload?.()).catch(() => undefined);
}

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Trouble,
  defaultNotFoundComponent: Lost,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
