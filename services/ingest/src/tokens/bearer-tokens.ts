import { credentialScopes } from '@pharos/contract';
import { type Credential } from '@pharos/registry';
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { refuseUnknownScopes, type TokenIssuer } from './token-issuers.js';

/** `unavailable`: the issuer's keys could not be had now, so nobody can say whether the token is good. */
export type TokenAnswer =
  { readonly ok: true; readonly credential: Credential } | { readonly ok: false; readonly why: 'invalid' | 'unavailable' };

export interface BearerTokens {
  /** Never throws for what somebody sent. */
  verify(token: string): Promise<TokenAnswer>;
}

/** Signatures by public keys only: a shared secret would let whoever checks tokens make them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Clocks of two machines. */
const TOLERANCE_S = 30;
const DISCOVERY_MS = 5_000;

class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/**
 * Takes access tokens that are JSON web tokens (RFC 9068) of configured issuers: signature, issuer, audience and times are
 * checked, and what a token's scopes grant is looked up. Keys are fetched when first needed, and again for an unknown one.
 *
 * @throws RangeError where an issuer's scopes are to grant what there is not
 * @example const tokens = createBearerTokens([{ issuer: 'https://id.example', audience: 'https://pharos.example/xapi', tenant: 'district' }]);
 */
export function createBearerTokens(issuers: readonly TokenIssuer[]): BearerTokens {
  issuers.forEach(refuseUnknownScopes);
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer) }]));
  return {
    async verify(token) {
      try {
        const from = known.get(decodeJwt(token).iss ?? '');
        if (from === undefined) return { ok: false, why: 'invalid' };
        const { issuer, audience } = from.issuer;
        const checks = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: TOLERANCE_S, requiredClaims: ['exp'] };
        const { payload } = await jwtVerify(token, await from.keys(), checks);
        const credential = credentialOf(from.issuer, payload);
        return credential ? { ok: true, credential } : { ok: false, why: 'invalid' };
      } catch (error) {
        // What jose refuses is a bad token; all else is the issuer not answering, or not answering as it should.
        const invalid = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
        return { ok: false, why: invalid ? 'invalid' : 'unavailable' };
      }
    },
  };
}

/** Asked for once it was had; after a failure, asked for again. */
function keysOf({ issuer, jwksUri }: TokenIssuer): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const find = async () => createRemoteJWKSet(new URL(jwksUri ?? (await discover(issuer))));
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

/** Source: OpenID Connect Discovery 1.0, 4. */
async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const reply = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_MS) });
  if (!reply.ok) throw new Unavailable(`${address} answers ${reply.status}`);
  const document = (await reply.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') throw new Unavailable(`${address} is not of this issuer`);
  return document.jwks_uri;
}

/** The application is who sends, as with a credential; whoever it acts for is not told to the log. Undefined without a client. */
function credentialOf({ issuer, tenant, scopes }: TokenIssuer, payload: JWTPayload): Credential | undefined {
  const name = [payload.client_id, payload.azp, payload.sub].find((each): each is string => typeof each === 'string' && each !== '');
  if (name === undefined) return undefined;
  const asked = typeof payload.scope === 'string' ? payload.scope.split(' ') : [];
  const granted = asked.flatMap((scope): readonly string[] =>
    scopes ? (scopes[scope] ?? []) : credentialScopes.filter((each) => each === scope),
  );
  const issuedAt = new Date((payload.iat ?? 0) * 1_000);
  return { id: `${name}@${issuer}`, tenant, name, scopes: [...new Set(granted)], createdAt: issuedAt, revokedAt: null, lastSeenAt: null };
}
