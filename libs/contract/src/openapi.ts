import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { Problem, problemStatus, type ProblemCode } from './problem.js';
import { type RouteShape } from './route.js';
import { PREFIX, routeList } from './routes.js';

/** What any route may answer besides its own errors: what the request's shape, session or server may cause. */
export function errorsOf(route: RouteShape): readonly ProblemCode[] {
  const signedIn: readonly ProblemCode[] = route.roles === 'public' ? [] : ['signed-out', 'not-allowed'];
  const changing: readonly ProblemCode[] = route.method === 'GET' || route.roles === 'public' ? [] : ['csrf-missing'];
  return [...new Set<ProblemCode>(['bad-request', ...signedIn, ...changing, ...route.errors, 'internal-error'])];
}

const problemContent = { 'application/problem+json': { schema: Problem } };

function responsesOf(route: RouteShape): ZodOpenApiResponsesObject {
  const good = Object.entries(route.responses).map(([status, schema]) => [
    status,
    {
      description: route.summary,
      ...(schema === null && route.download === undefined
        ? {}
        : { content: { ...(schema === null ? {} : { 'application/json': { schema } }), ...downloads(route) } }),
    },
  ]);
  const byStatus = Map.groupBy(errorsOf(route), (code) => problemStatus[code]);
  const bad = [...byStatus].map(([status, codes]) => [String(status), { description: codes.join(', '), content: problemContent }]);
  const unchanged = route.etag ? [['304', { description: 'Not changed since the ETag that was sent' }]] : [];
  return Object.fromEntries([...good, ...unchanged, ...bad]) as ZodOpenApiResponsesObject;
}

const downloads = (route: RouteShape) =>
  Object.fromEntries((route.download ?? []).map((format) => [format, { schema: { type: 'string', format: 'binary' } as const }]));

function operationOf(name: string, route: RouteShape): ZodOpenApiOperationObject {
  return {
    operationId: name,
    summary: route.summary,
    tags: [name.split('.')[0]!],
    security: route.roles === 'public' ? [] : [{ session: [] }, ...(route.roles.includes('platform') ? [{ key: [] }] : [])],
    'x-roles': route.roles === 'public' ? ['public'] : [...route.roles],
    'x-tenant-scoped': route.tenantScoped,
    requestParams: { ...(route.params ? { path: route.params } : {}), ...(route.query ? { query: route.query } : {}) },
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    responses: responsesOf(route),
  };
}

/** The interface as an OpenAPI 3.1 document, made from the routes. Cost: some 10 ms; make it once. */
export function openApiDocument(version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, route } of routeList) {
    const path = `${PREFIX}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Pharos',
      version,
      description: 'Cohorts, learners, alerts, models and operations. Errors are problem details (RFC 9457).',
    },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'pharos_session',
          description: 'With X-CSRF-Token on requests that change something',
        },
        key: { type: 'http', scheme: 'basic', description: 'Id and secret of a platform’s key' },
      },
    },
  });
}
