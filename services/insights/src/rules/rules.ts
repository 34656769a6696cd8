import { type RouteShape } from '@pharos/contract';
import { type Caller } from '../http/caller.js';

/** Scope that a platform's key needs to ask about learners. */
export const ANSWERS_SCOPE = 'answers/read';

/**
 * Whether this caller may use a route at all: one of their roles is among the route's. A platform's key besides needs its scope.
 */
export function mayCall(caller: Pick<Caller, 'roles' | 'kind' | 'scopes'>, route: Pick<RouteShape, 'roles'>): boolean {
  if (route.roles === 'public') return true;
  const allowed = caller.roles.some((role) => route.roles.includes(role));
  return allowed && (caller.kind === 'person' || caller.scopes.includes(ANSWERS_SCOPE));
}

/** Which learners a caller may see. Several roles: the union of what each may. */
export type LearnerScope =
  /** All of the tenant; with schools, those of these schools. */
  | { readonly of: 'tenant'; readonly schools: readonly string[] }
  | { readonly of: 'counselor'; readonly person: string }
  | { readonly of: 'teacher'; readonly person: string }
  | { readonly of: 'self'; readonly person: string }
  | { readonly of: 'guardian'; readonly person: string }
  /** Only learners whom the platform names by an identifier of its own. */
  | { readonly of: 'named' };

/**
 * The rules of who sees whom, in one place.
 *
 * | role | learners | names |
 * |---|---|---|
 * | counselor | own caseload | yes |
 * | teacher | own classes | yes |
 * | learner, guardian | self; their children | yes |
 * | admin | all of the tenant (or of their schools) | yes |
 * | analyst, privacy officer | none: cells only | no |
 * | platform | whom it names | no |
 *
 * A counselor, teacher, learner or guardian without a person in the roster sees nobody.
 */
export function learnerScopes(caller: Pick<Caller, 'roles' | 'person' | 'schools'>): readonly LearnerScope[] {
  const scopes: LearnerScope[] = [];
  const { person } = caller;
  for (const role of caller.roles) {
    switch (role) {
      case 'admin':
        scopes.push({ of: 'tenant', schools: caller.schools });
        break;
      case 'counselor':
      case 'teacher':
      case 'guardian':
        if (person !== null) scopes.push({ of: role, person });
        break;
      case 'learner':
        if (person !== null) scopes.push({ of: 'self', person });
        break;
      case 'platform':
        scopes.push({ of: 'named' });
        break;
      case 'analyst':
      case 'privacy-officer':
        break;
    }
  }
  return scopes;
}

/** Whether names are shown to this caller at all. */
export const seesNames = (caller: Pick<Caller, 'roles'>): boolean =>
  caller.roles.some((role) => role === 'admin' || role === 'counselor' || role === 'teacher' || role === 'learner' || role === 'guardian');

/** Whether notes of counselors are opened for this caller: they were written among colleagues. */
export const readsNotes = (caller: Pick<Caller, 'roles'>): boolean => caller.roles.some((role) => role === 'admin' || role === 'counselor');

/** Whether this caller may go from a cohort to the learners behind it. */
export const seesLearners = (caller: Pick<Caller, 'roles' | 'person' | 'schools'>): boolean => learnerScopes(caller).length > 0;
