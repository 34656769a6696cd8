import { type Client, type Routes } from '@pharos/contract';

type RolesOf<Route> = Route extends { readonly roles: readonly (infer Role)[] } ? Role : never;
type Open<Route> = Route extends { readonly roles: 'public' } ? true : 'platform' extends RolesOf<Route> ? true : false;
type NamesOf<Area> = { [Name in keyof Area]: Open<Area[Name]> extends true ? Name : never }[keyof Area];
type Areas = { [Area in keyof Routes]: [NamesOf<Routes[Area]>] extends [never] ? never : Area }[keyof Routes];

/** The routes of the contract that a platform's key may call, each typed by it: nothing here is written twice. */
export type PlatformRoutes = {
  readonly [Area in Areas]: { readonly [Name in NamesOf<Routes[Area]> & keyof Client[Area]]: Client[Area][Name] };
};
