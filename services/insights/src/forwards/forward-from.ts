/** Where a new target begins, as the forwarder keeps positions: with all that is there, or with what is stored from now on. */
export type ForwardFrom = (fromNow: boolean) => Promise<string>;
