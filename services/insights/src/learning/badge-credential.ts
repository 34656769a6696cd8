import { type JWK, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';

/** RSA with SHA-256: what verifiers of Open Badges know most widely. */
const ALGORITHM = 'RS256';

export interface NewKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** A key for a tenant's badges. About 100 ms. */
export async function newSigningKey(): Promise<NewKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    publicJwk: { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' },
    privateJwk: { ...(await exportJWK(privateKey)), alg: ALGORITHM },
  };
}

export interface BadgeFacts {
  readonly badge: string;
  readonly name: string;
  readonly skills: readonly { readonly skill: string; readonly title: { readonly en: string } }[];
  readonly awardedAt: string;
  /** Where the credential can be had. */
  readonly url: string;
  /** Where the issuer's profile and keys can be had. */
  readonly issuer: string;
  readonly issuerName: string;
}

/**
 * An achievement credential of Open Badges 3.0. Whom it was given to is an opaque id that stands for this badge alone: the public address
 * names nobody, and two badges of one learner cannot be joined.
 */
export const credentialOf = ({ badge, name, skills, awardedAt, url, issuer, issuerName }: BadgeFacts): Readonly<Record<string, unknown>> => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: url,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name,
  issuer: { id: issuer, type: ['Profile'], name: issuerName },
  validFrom: awardedAt,
  credentialSubject: {
    id: `urn:uuid:${badge}`,
    type: ['AchievementSubject'],
    achievement: {
      id: `${url}#achievement`,
      type: ['Achievement'],
      name,
      achievementType: 'Competency',
      description: `Mastered: ${skills.map(({ title }) => title.en).join(', ')}.`,
      criteria: { narrative: 'Every skill of the set was answered right so often, and so lately, that it counts as mastered by the scheme of the institution.' },
      tag: skills.map(({ skill }) => skill),
    },
  },
}); // prettier-ignore

/** The credential as a compact JSON Web Signature (VC-JWT), as Open Badges 3.0 describes it. */
export async function signCredential(credential: Readonly<Record<string, unknown>>, kid: string, privateJwk: JWK): Promise<string> {
  const { id, issuer, validFrom, credentialSubject } = credential as { id: string; issuer: { id: string }; validFrom: string; credentialSubject: { id: string } };
  return new SignJWT({ ...credential })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
    .setIssuer(issuer.id)
    .setSubject(credentialSubject.id)
    .setJti(id)
    .setNotBefore(Math.floor(Date.parse(validFrom) / 1_000))
    .sign(await importJWK(privateJwk, ALGORITHM));
} // prettier-ignore
