import { credentialScopes } from '@pharos/contract';

/** One issuer of access tokens (OAuth 2.0, OpenID Connect) whose tokens the door takes. */
export interface TokenIssuer {
  /** As in the tokens' `iss`, to the letter. */
  readonly issuer: string;
  /** What the tokens are for: their `aud`. */
  readonly audience: string;
  /** The tenant that whoever bears them speaks for. */
  readonly tenant: string;
  /** Where its keys are; where left out, its discovery document says. */
  readonly jwksUri?: string | undefined;
  /** What a scope of a token grants here. Where left out, scopes of tokens are those of credentials. */
  readonly scopes?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** @throws RangeError for a scope that there is not: it would grant nothing, in silence */
export function refuseUnknownScopes({ issuer, scopes = {} }: TokenIssuer): void {
  const known: readonly string[] = credentialScopes;
  const unknown = Object.values(scopes).flat().filter((scope) => !known.includes(scope)); // prettier-ignore
  if (unknown.length > 0)
    throw new RangeError(`tokens of ${issuer}: there is no scope ${unknown.join(', ')}; there are ${known.join(', ')}`);
}
