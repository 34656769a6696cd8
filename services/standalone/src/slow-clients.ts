/** How often the server looks for requests that take too long, at most: by Node's default a bound of a second holds after half a minute. */
const LOOK_MS = 5_000;

/**
 * Settings of the HTTP server by which a request that has not arrived whole in time is answered 408 and its connection closed.
 *
 * @example new FastifyAdapter({ bodyLimit, ...slowClientBounds(60) })
 */
export function slowClientBounds(requestSeconds: number) {
  const requestTimeout = requestSeconds * 1_000;
  return { requestTimeout, http: { headersTimeout: requestTimeout, connectionsCheckingInterval: Math.min(LOOK_MS, requestTimeout / 2) } };
}
