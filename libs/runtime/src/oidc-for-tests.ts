import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { exportJWK, type GenerateKeyPairResult } from 'jose';

export interface TestProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/**
 * A real provider of OpenID Connect (npm oidc-provider) of which services get tokens (JWT, RS256) by their own name and secret
 * (RFC 6749, 4.4). Its memory goes with the process.
 *
 * @param options `scope` that a client may ask for, separated by spaces; `resource` whose tokens a client gets that names none;
 *   `seconds` that a token holds, 60 by default
 */
export async function startOidcProvider({
  client,
  scope,
  privateKey,
  resource,
  seconds = 60,
}: {
  readonly client: { readonly id: string; readonly secret: string };
  readonly scope: string;
  readonly privateKey: GenerateKeyPairResult['privateKey'];
  readonly resource?: string;
  readonly seconds?: number;
}): Promise<TestProvider> {
  // It brings no types.
  const name = 'oidc-provider';
  const { Provider } = (await import(name)) as { Provider: new (issuer: string, options: object) => { callback(): RequestListener } };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oidc = new Provider(issuer, {
    clients: [
      { client_id: client.id, client_secret: client.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
    ],
    scopes: scope.split(' '),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' }] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        ...(resource === undefined ? {} : { defaultResource: () => resource, useGrantedResource: () => true }),
        getResourceServerInfo: (_context: unknown, audience: string) => ({
          scope,
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: seconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  server.on('request', oidc.callback());
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { issuer, close };
}
