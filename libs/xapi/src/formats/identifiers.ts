const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const SHA1 = /^[0-9a-fA-F]{40}$/;
const SHA2 = /^(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})$/;
// RFC 6068 with the addresses of RFC 6531: one mailbox, no header fields, specials only percent-encoded.
const MAILTO = /^mailto:[^\s@<>()[\]\\,;:"?#]+@[^\s@<>()[\]\\,;:"?#/]+$/;
const MEDIA_TYPE = /^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*(?:\s*;\s*[\w!#$&^.+-]+=(?:[^\s";]+|"(?:[^"\\]|\\.)*"))*\s*$/;

/** True for a UUID in its standard string form (RFC 4122, section 3), of any variant. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** True for a hex-encoded SHA-1. */
export const isSha1 = (text: string): boolean => SHA1.test(text);

/** True for a hex-encoded hash of the SHA-2 family: 224, 256, 384 or 512 bits. */
export const isSha2 = (text: string): boolean => SHA2.test(text);

/** True for a mailto IRI with exactly one address. @example isMailto('mailto:a@b.c') // => true */
export const isMailto = (text: string): boolean => MAILTO.test(text);

/** True for an Internet media type (RFC 2045, section 5.1), parameters allowed. */
export const isMediaType = (text: string): boolean => MEDIA_TYPE.test(text);
