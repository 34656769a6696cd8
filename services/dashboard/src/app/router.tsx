import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { type Session } from '@pharos/contract';
import { Lost, Trouble } from '../parts/trouble.js';
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
  component: lazyRouteComponent(() => import('../practice/practice-page.js'), 'PracticePage'),
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

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([home, overview, caseload, learners, learner, models, platforms, practice, placement, plan, aClass, me]),
]);

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
