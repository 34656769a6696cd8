import {
  applyDecorators, Controller, createParamDecorator, type ExecutionContext, HttpCode, RequestMapping, RequestMethod, SetMetadata,
  UseFilters, UseGuards, UseInterceptors,
} from '@nestjs/common'; // prettier-ignore
import { PREFIX, routeList, type RouteShape, successStatus } from '@pharos/contract';
import { AnswerInterceptor } from './answer.interceptor.js';
import { type Call, type Handler, type PharosRequest } from './caller.js';
import { CallerGuard } from './caller.guard.js';
import { chosenFormat } from './format.js';
import { ProblemFilter } from './problem.filter.js';
import { ROUTE } from './route-metadata.js';

const methods = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
} as const;

const nameOf = (route: RouteShape): string => {
  const entry = routeList.find((each) => each.route === route);
  if (!entry) throw new RangeError(`${route.method} ${route.path} is not a route of the contract`);
  return entry.name;
};

/** A controller of the contract's routes: guarded, answered and refused as all of them are. */
export const Answers = (): ClassDecorator =>
  applyDecorators(Controller(PREFIX), UseGuards(CallerGuard), UseInterceptors(AnswerInterceptor), UseFilters(ProblemFilter));

/**
 * Binds a method to a route of the contract: its path, status, roles and shapes. The compiler holds the method to them.
 *
 * @example @Handles(routes.models.get) async get(@Asked() call: Call<typeof routes.models.get>) { … }
 */
export function Handles<R extends RouteShape>(route: R) {
  return <H extends Handler<R>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>): void => {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    RequestMapping({ path, method: methods[route.method] })(target, key, descriptor);
    HttpCode(successStatus(route))(target, key, descriptor);
    SetMetadata(ROUTE, { name: nameOf(route), route })(target, key, descriptor);
  };
}

/** The call, as the guard parsed it. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Call<RouteShape> => {
  const request = context.switchToHttp().getRequest<PharosRequest>();
  const state = request.pharos;
  if (!state) throw new Error('a handler was reached without its guard');
  const { params, query, body } = state.asked as Record<'params' | 'query' | 'body', never>;
  return {
    params,
    query,
    body,
    caller: state.caller!,
    format: chosenFormat(state.route, request.headers.accept),
    state,
  };
});
