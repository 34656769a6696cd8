import { type RouteShape } from '@pharos/contract';

/** Under which a handler's route stands as metadata. */
export const ROUTE = 'pharos:route';
export interface RouteMetadata {
  readonly name: string;
  readonly route: RouteShape;
}
