import { createSecretKey, randomBytes, X509Certificate } from 'node:crypto';
import { actorIdentifier, type Attachment, comparableHash, type Statement, validateStatement } from '@pharos/xapi';
import { compactVerify, decodeProtectedHeader } from 'jose';

const USAGE = 'http://adlnet.gov/expapi/attachments/signature';
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

export const isSignature = ({ usageType }: Pick<Attachment, 'usageType'>): boolean => usageType === USAGE;

/** For comparing two statements of one request: any key will do, as long as it is the same for both. */
const key = createSecretKey(randomBytes(32));

/**
 * Why a signature does not hold for its statement; undefined where it does. It has to be a JWS in compact form by RS256,
 * RS384 or RS512 over a statement that is equal to this one before it was signed. Where it names its certificate (x5c), the
 * signature is verified with it and the chain up to its last certificate; whether the certificate is to be trusted is the reader's to say.
 *
 * Source: xAPI 1.0.3, part two, 2.6.
 */
export async function signatureFault(statement: Statement, attachment: Attachment, bytes: Buffer): Promise<string | undefined> {
  if (attachment.contentType !== 'application/octet-stream') return 'is a signature and must be of the type application/octet-stream';
  const jws = bytes.toString('utf8');
  const pieces = jws.split('.');
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(jws);
  } catch {
    return 'is no JSON web signature in compact form';
  }
  if (pieces.length !== 3 || pieces.some((piece) => piece === '')) return 'is no JSON web signature in compact form';
  const { alg, x5c } = header;
  if (alg === undefined || !ALGORITHMS.includes(alg)) return `must be signed by one of ${ALGORITHMS.join(', ')}`;
  if (x5c !== undefined) {
    const chain = chainOf(x5c);
    if (chain === undefined) return 'names certificates (x5c) that cannot be read, or of which one is not certified by the next';
    if (!(await isSignedBy(jws, alg, chain[0]!))) return 'is not signed with the certificate that it names';
  }
  return isEqual(statement, pieces[1]!) ? undefined : 'signs another statement';
}

/** The certificates of a header, the signer's first, each certified by the next (RFC 7515, 4.1.6); undefined where they are not. */
function chainOf(x5c: unknown): readonly X509Certificate[] | undefined {
  if (!Array.isArray(x5c) || x5c.length === 0 || !x5c.every((each) => typeof each === 'string')) return undefined;
  try {
    const chain = x5c.map((each) => new X509Certificate(Buffer.from(each, 'base64')));
    const holds = chain.every((each, at) => {
      const issuer = chain[at + 1];
      return issuer === undefined || (each.checkIssued(issuer) && each.verify(issuer.publicKey));
    });
    return holds ? chain : undefined;
  } catch {
    // What is no certificate certifies nothing.
    return undefined;
  }
}

async function isSignedBy(jws: string, alg: string, certificate: X509Certificate): Promise<boolean> {
  try {
    await compactVerify(jws, certificate.publicKey, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}

function isEqual(statement: Statement, payload: string): boolean {
  let signed: unknown;
  try {
    signed = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return false;
  }
  const version = statement.version?.startsWith('2.') ? '2.0.0' : '1.0.3';
  if (validateStatement(signed, version).length > 0) return false;
  const other = signed as Statement;
  if (other.id !== undefined && statement.id !== undefined && other.id.toLowerCase() !== statement.id.toLowerCase()) return false;
  const hashOf = (one: Statement, omitTimestamp: boolean) => {
    const { timestamp, ...rest } = unsigned(one);
    return comparableHash(omitTimestamp || timestamp === undefined ? rest : { ...rest, timestamp }, actorIdentifier, key);
  };
  // Setting a timestamp is not a change of the statement: it is compared where both have one.
  const omit = other.timestamp === undefined || statement.timestamp === undefined;
  return hashOf(statement, omit) === hashOf(other, omit);
}

/** The statement as it was before the signature was added. */
function unsigned({ attachments, ...rest }: Statement): Statement {
  const others = (attachments ?? []).filter((attachment) => !isSignature(attachment));
  return others.length === 0 ? rest : { ...rest, attachments: others };
}
