import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { routeList, type Role, roles } from '@pharos/contract';
import { ROUTE, type RouteMetadata } from './http/route-metadata.js';
import { controllers } from './insights.module.js';
import { learnerScopes, mayCall } from './rules/rules.js';

/** Names of the routes that a controller's methods are bound to. */
const handled = controllers.flatMap((controller) =>
  Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const method: unknown = (controller.prototype as unknown as Record<string, unknown>)[name];
    const metadata = typeof method === 'function' ? (Reflect.getMetadata(ROUTE, method) as RouteMetadata | undefined) : undefined;
    return metadata ? [metadata.name] : [];
  }),
);

describe('the controllers', () => {
  it('handle every route of the contract, each once', () => {
    expect([...handled].sort()).toEqual(routeList.map(({ name }) => name).sort());
  });
});

describe('the rules', () => {
  const as = (role: Role) => ({
    roles: [role],
    kind: role === 'platform' ? ('platform' as const) : ('person' as const),
    scopes: ['answers/read'],
  });
  const may = (name: string) => roles.filter((role) => mayCall(as(role), routeList.find((each) => each.name === name)!.route));

  it('let nobody but those who act on alerts act on them', () => {
    expect(may('alerts.resolve')).toEqual(['counselor', 'admin']);
    expect(may('alerts.contest')).toEqual(['counselor', 'learner', 'guardian', 'admin']);
  });

  it('show analysts cells and no learner', () => {
    expect(may('cohorts.list')).toEqual(['analyst', 'privacy-officer', 'admin']);
    expect(may('learners.get')).toEqual(['platform', 'counselor', 'teacher', 'learner', 'guardian', 'admin']);
    expect(learnerScopes({ roles: ['analyst', 'privacy-officer'], person: 'p', schools: [] })).toEqual([]);
  });

  it('ask a key for its scope', () => {
    const { route } = routeList.find(({ name }) => name === 'learners.get')!;
    expect(mayCall({ roles: ['platform'], kind: 'platform', scopes: ['statements/write'] }, route)).toBe(false);
  });

  it('show nobody to a counselor who is no person of the roster', () => {
    expect(learnerScopes({ roles: ['counselor'], person: null, schools: [] })).toEqual([]);
  });
});
