import { isTimestamp, isUuid, type XapiVersion } from '@pharos/xapi';
import { type FastifyRequest } from 'fastify';

/** A query parameter that is not as the specification wants it. One sentence for whoever sent it. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
}

/** The query of a request: each known parameter at most once, no other. */
export type Parameters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/**
 * Reads the query of a request.
 *
 * @throws BadParameter for a parameter that is unknown, written in another case, or sent twice (part three, 3.2)
 * @example const { statementId } = parametersOf(request, ['statementId']);
 */
export function parametersOf<Name extends string>(request: FastifyRequest, known: readonly Name[]): Parameters<Name> {
  const query = request.query as Readonly<Record<string, string | readonly string[]>>;
  const names = Object.keys(query);
  const unknown = names.filter((name) => !(known as readonly string[]).includes(name));
  if (unknown.length > 0) throw new BadParameter(`Unknown parameters: ${unknown.join(', ')}. Names are case-sensitive.`);
  const twice = names.filter((name) => typeof query[name] !== 'string');
  if (twice.length > 0) throw new BadParameter(`The parameter ${twice.join(', ')} may be sent once.`);
  return query as Parameters<Name>;
}

/** @throws BadParameter when it is missing or empty */
export function needed(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new BadParameter(`The parameter ${name} is needed.`);
  return value;
}

/** @returns lower case: UUIDs are the same in either. @throws BadParameter */
export function uuidOf(name: string, value: string): string {
  if (!isUuid(value)) throw new BadParameter(`The parameter ${name} must be one UUID.`);
  return value.toLowerCase();
}

/** @throws BadParameter for anything but `true` and `false`, as in JSON */
export function booleanOf(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value !== 'true') throw new BadParameter(`The parameter ${name} must be true or false.`);
  return true;
}

/** @throws BadParameter */
export function timestampOf(name: string, value: string | undefined, version: XapiVersion): string | undefined {
  // A plus sign that was not encoded arrives as a space; a timestamp has no other.
  const text = value?.replace(' ', '+');
  if (text !== undefined && !isTimestamp(text, version))
    throw new BadParameter(`The parameter ${name} must be a timestamp with date and time.`);
  return text;
}
