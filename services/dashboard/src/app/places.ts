import { type Role, routes } from '@pharos/contract';

/** The places of the page: whoever may ask for what a place shows may come to it. */
export const places = [
  { to: '/caseload', title: 'place.caseload', roles: routes.caseload.list.roles },
  { to: '/overview', title: 'place.overview', roles: routes.overview.get.roles },
  { to: '/class', title: 'place.class', roles: routes.teaching.list.roles },
  { to: '/learners', title: 'place.learners', roles: ['counselor', 'teacher', 'admin'] },
  { to: '/me', title: 'place.me', roles: ['learner', 'guardian'] },
  { to: '/plan', title: 'place.plan', roles: ['learner', 'guardian'] },
  { to: '/practice', title: 'place.practice', roles: routes.practice.next.roles },
  { to: '/models', title: 'place.models', roles: routes.models.list.roles },
  { to: '/platforms', title: 'place.platforms', roles: routes.operations.platforms.roles },
] as const satisfies readonly { to: string; title: string; roles: readonly Role[] }[];

export type Place = (typeof places)[number];

/** The places of somebody with these roles, in the order of the menu. */
export const placesFor = (roles: readonly Role[]): readonly Place[] =>
  places.filter((place) => (place.roles as readonly Role[]).some((role) => roles.includes(role)));

/** Where somebody starts: an admin with the whole, a counselor with their learners. @example homeFor(['counselor']) // => '/caseload' */
export function homeFor(roles: readonly Role[]): Place['to'] | undefined {
  if (roles.includes('admin') && !roles.includes('counselor')) return '/overview';
  return placesFor(roles)[0]?.to;
}

/** Whether somebody with these roles has business at an address; what is no place of its own is open to all who are signed in. */
export function mayBeAt(roles: readonly Role[], pathname: string): boolean {
  const place = places.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return place === undefined || placesFor(roles).includes(place);
}
