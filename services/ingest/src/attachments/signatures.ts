import { createSecretKey, randomBytes } from 'node:crypto';
import { actorIdentifier, type Attachment, comparableHash, type Statement, validateStatement } from '@pharos/xapi';
import { compactVerify, decodeProtectedHeader, importX509 } from 'jose';

const USAGE = 'http://adlnet.gov/expapi/attachments/signature';
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const PEM_LINE = /.{1,64}/g;

export const isSignature = ({ usageType }: Pick<Attachment, 'usageType'>): boolean => usageType === USAGE;

/** For comparing two statements of one request: any key will do, as long as it is the same for both. */
const key = createSecretKey(randomBytes(32));

/**
 * Why a signature does not hold for its statement; undefined where it does. It has to be a JWS in compact form by RS256,
 * RS384 or RS512 over a statement that is equal to this one before it was signed. Where it names its certificate (x5c), the
 * signature is verified with it; whether the certificate is to be trusted is the reader's to say.
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
  const certificate = Array.isArray(x5c) ? (x5c as unknown[])[0] : undefined;
  if (certificate !== undefined && !(await isSignedBy(jws, alg, typeof certificate === 'string' ? certificate : ''))) return 'is not signed with the certificate that it names';
  return isEqual(statement, pieces[1]!) ? undefined : 'signs another statement';
}

async function isSignedBy(jws: string, alg: string, certificate: string): Promise<boolean> {
  try {
    const pem = `-----BEGIN CERTIFICATE-----\n${(certificate.match(PEM_LINE) ?? []).join('\n')}\n-----END CERTIFICATE-----`;
    await compactVerify(jws, await importX509(pem, alg), { algorithms: [alg] });
    return true;
  } catch {
    // A certificate that cannot be read verifies nothing.
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
    return comparableHash((omitTimestamp || timestamp === undefined ? rest : { ...rest, timestamp }), actorIdentifier, key);
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
