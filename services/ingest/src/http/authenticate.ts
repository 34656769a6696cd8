import { type Cmi5Session, type Cmi5Tokens, type Credential, type CredentialCheck } from '@pharos/registry';
import { type FastifyReply } from 'fastify';
import { type BearerTokens } from '../tokens/bearer-tokens.js';
import { problem } from './problem.js';
import { refuse } from './reply.js';

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** How somebody may say who they are. */
export interface Keys {
  readonly credentials: CredentialCheck;
  /** Access tokens of configured issuers; none are taken without it. */
  readonly tokens?: BearerTokens | undefined;
  /** Tokens of assignable units; none are taken without it. */
  readonly cmi5Tokens?: Cmi5Tokens | undefined;
}

/** Names of tokens of cmi5 sessions begin so; no key's does. */
export const SESSION_PREFIX = 'cmi5-';

/** What a unit may do: speak, and keep what it needs to go on. Not read what others said. */
const SCOPES_OF_UNITS = ['statements/write', 'state', 'profile'];

export type Authenticated =
  | { readonly ok: true; readonly credential: Credential; readonly session?: Cmi5Session }
  /** `unavailable`: an issuer's keys cannot be had now. */
  | { readonly ok: false; readonly why: 'invalid' | 'unavailable' };

/**
 * Who a request's Basic key or bearer token belongs to. The check of keys answers from memory at most 5 s old, so there is
 * no second memory here; a token holds until it expires.
 */
export async function authenticate({ credentials, tokens, cmi5Tokens }: Keys, header = ''): Promise<Authenticated> {
  const [, token] = BEARER.exec(header) ?? [];
  if (token !== undefined && tokens !== undefined) return tokens.verify(token);
  const [, encoded] = BASIC.exec(header) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (cmi5Tokens !== undefined && text.startsWith(SESSION_PREFIX) && colon > 0) {
    const known = await cmi5Tokens.verify(text.slice(SESSION_PREFIX.length, colon), text.slice(colon + 1));
    if (known === undefined) return { ok: false, why: 'invalid' };
    return { ok: true, session: known.session, credential: { ...known.credential, scopes: SCOPES_OF_UNITS } };
  }
  const credential = colon < 0 ? undefined : await credentials.verify(text.slice(0, colon), text.slice(colon + 1));
  return credential ? { ok: true, credential } : { ok: false, why: 'invalid' };
}

/** 401 with the ways that there are (RFC 9110, 11.6.1), or 503 where it cannot be known now. */
export function refuseUnknown(reply: FastifyReply, { why }: Extract<Authenticated, { ok: false }>, { tokens }: Keys): FastifyReply {
  if (why === 'unavailable') return refuse(reply, problem(503, 'The issuer of the token does not answer now. Send it again.'));
  reply.header('WWW-Authenticate', tokens === undefined ? 'Basic realm="Pharos"' : 'Basic realm="Pharos", Bearer realm="Pharos"');
  return refuse(
    reply,
    problem(401, tokens === undefined ? 'A valid Basic key is needed.' : 'A valid Basic key or bearer token is needed.'),
  );
}
