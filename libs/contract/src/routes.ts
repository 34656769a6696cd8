import { type RouteShape } from './route.js';
import { catalogue, keys, policy, users, webhooks } from './routes/admin-routes.js';
import { alerts, caseload } from './routes/alert-routes.js';
import { cohorts, overview, places } from './routes/cohort-routes.js';
import { gate } from './routes/gate-routes.js';
import { learners } from './routes/learner-routes.js';
import { audits } from './routes/audit-routes.js';
import { badges, keptAnswers, placement } from './routes/growth-routes.js';
import { assigning, goals, plans, voice } from './routes/learning-routes.js';
import { models } from './routes/model-routes.js';
import { mine } from './routes/mine-routes.js';
import { nudges } from './routes/nudge-routes.js';
import { operations } from './routes/operation-routes.js';
import { forwards, platforms, statements } from './routes/platform-routes.js';
import { grading, knowledge, masteryPolicy, practice, teaching } from './routes/practice-routes.js';
import { session } from './routes/session-routes.js';

/** All routes stand below it. */
export const PREFIX = '/api';

/** Every route by area and name: `routes.caseload.list`. */
export const routes = {
  session,
  overview,
  cohorts,
  places,
  caseload,
  alerts,
  learners,
  models,
  audits,
  gate,
  operations,
  platforms,
  forwards,
  statements,
  catalogue,
  policy,
  webhooks,
  users,
  keys,
  knowledge,
  masteryPolicy,
  grading,
  practice,
  teaching,
  goals,
  voice,
  plans,
  assigning,
  badges,
  placement,
  keptAnswers,
  nudges,
  mine,
} as const;
export type Routes = typeof routes;

/** All routes in one list, with `name` as `caseload.list`. */
export const routeList: readonly { readonly name: string; readonly route: RouteShape }[] = Object.entries(routes).flatMap(([area, group]) =>
  Object.entries(group as Readonly<Record<string, RouteShape>>).map(([name, route]) => ({ name: `${area}.${name}`, route })),
);
