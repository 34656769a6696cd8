import { describe, expect, it } from '@jest/globals';
import { closeCodes as factCloseCodes } from '@pharos/facts';
import { errorsOf, openApiDocument } from './openapi.js';
import { problemStatus } from './problem.js';
import { successStatus } from './route.js';
import { PREFIX, routeList } from './routes.js';
import { closeCodes } from './shapes/alerts.js';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}
const document = openApiDocument('0.0.0') as { openapi: string; paths: Record<string, Record<string, Operation>> };

describe('the routes', () => {
  it('have a path and method of their own', () => {
    const places = routeList.map(({ route }) => `${route.method} ${route.path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('declare the params that their paths name', () => {
    const named = routeList.map(({ name, route }) => [name, [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])]);
    expect(routeList.map(({ name, route }) => [name, Object.keys(route.params?.shape ?? {})])).toEqual(named);
  });

  it('scope everything but the door, and what reads nobody’s data, to the tenant', () => {
    expect(routeList.filter(({ route }) => !route.tenantScoped).map(({ name }) => name)).toEqual([
      'session.signIn', 'session.signOut', 'operations.health', 'operations.openapi',
      'grading.steps', // checks the lines that it is sent, and reads nothing
      'plans.feed', // whoever has the address of a calendar is its reader; the address names the tenant
      'badges.issuer', // anybody who is shown a badge checks it by the issuer's keys
      'badges.check', // and reads it at its own address, which names nobody
    ]); // prettier-ignore
  });

  it('close an alert by the codes that the facts know', () => {
    expect(closeCodes).toEqual(factCloseCodes);
  });
});

describe('the OpenAPI document', () => {
  it('is 3.1 and has every route, and nothing else', () => {
    const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => `${operation.operationId} ${method.toUpperCase()} ${path}`),
    );
    expect(document.openapi).toBe('3.1.0');
    expect(operations.sort()).toEqual(routeList.map(({ name, route }) => `${name} ${route.method} ${PREFIX}${route.path}`).sort());
  });

  it('states the success and every refusal of each route', () => {
    for (const { route } of routeList) {
      const operation = document.paths[`${PREFIX}${route.path}`]![route.method.toLowerCase()]!;
      const expected = [successStatus(route), ...errorsOf(route).map((code) => problemStatus[code])].map(String);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(expected));
    }
  });

  it('names the query of a route', () => {
    const names = document.paths['/api/caseload']!.get!.parameters!.map((parameter) => parameter.name);
    expect(names).toEqual(expect.arrayContaining(['cursor', 'limit', 'search', 'rank']));
  });
});
