import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isDuration } from '../formats/duration.js';
import { isMailto, isMediaType, isSha1, isSha2, isUuid } from '../formats/identifiers.js';
import { isIri, isUri } from '../formats/iri.js';
import { isLanguageTag } from '../formats/language-tag.js';
import { isTimestamp } from '../formats/timestamp.js';
import { type XapiVersion } from '../statement.js';
import { child, type StatementError, typeName } from './errors.js';
import { schemasOf, type Shape } from './schemas.js';

// 1.0.3 takes every 1.0 patch level and nothing else (part two, 2.4.10); a 2.0 store also keeps what was made for 1.0.
const VERSIONS = { '1.0.3': /^1\.0\.\d+(?:[-+][\w.+-]+)?$/, '2.0.0': /^(?:1|2)\.0\.\d+(?:[-+][\w.+-]+)?$/ } as const;

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  iri: 'an IRI with a scheme (RFC 3987)',
  uri: 'a URI with a scheme (RFC 3986)',
  uuid: 'a UUID in standard form',
  'language-tag': 'a language tag (RFC 5646)',
  duration: 'an ISO 8601 duration',
  mailto: 'of the form mailto:name@domain',
  sha1: 'a hex-encoded SHA-1 of 40 digits',
  sha2: 'a hex-encoded SHA-2 hash',
  'media-type': 'an Internet media type',
};
const VERSIONED_FORMAT_NAMES: Readonly<Record<XapiVersion, Readonly<Record<string, string>>>> = {
  '1.0.3': { timestamp: 'an ISO 8601 date and time (and not with offset -00:00)', version: 'a version that starts with 1.0.' },
  '2.0.0': { timestamp: 'an RFC 3339 date and time with zone (and not -00:00)', version: 'a version that starts with 2.0. or 1.0.' },
};

export type Structure = Readonly<Record<Shape, ValidateFunction>>;

/**
 * The longest value that a format is matched against. Regular expressions with alternatives use stack in proportion to
 * the text and fail at some millions of characters; no address, tag or time comes near this.
 */
export const MAX_FORMATTED_LENGTH = 65_536;

const bounded = (is: (text: string) => boolean) => (text: string) => text.length <= MAX_FORMATTED_LENGTH && is(text);

function compile(version: XapiVersion): Structure {
  const ajv = new Ajv({ strict: true, allErrors: false, verbose: true, allowUnionTypes: true, messages: false });
  ajv.addFormat('iri', bounded(isIri));
  ajv.addFormat('uri', bounded(isUri));
  ajv.addFormat('uuid', bounded(isUuid));
  ajv.addFormat('language-tag', bounded(isLanguageTag));
  ajv.addFormat('duration', bounded(isDuration));
  ajv.addFormat('mailto', bounded(isMailto));
  ajv.addFormat('sha1', bounded(isSha1));
  ajv.addFormat('sha2', bounded(isSha2));
  ajv.addFormat('media-type', bounded(isMediaType));
  ajv.addFormat(
    'timestamp',
    bounded((text) => isTimestamp(text, version)),
  );
  ajv.addFormat(
    'version',
    bounded((text) => VERSIONS[version].test(text)),
  );
  const schemas = schemasOf(version);
  return {
    statement: ajv.compile(schemas.statement),
    subStatement: ajv.compile(schemas.subStatement),
    agent: ajv.compile(schemas.agent),
    group: ajv.compile(schemas.group),
    activity: ajv.compile(schemas.activity),
    statementRef: ajv.compile(schemas.statementRef),
  };
}

/** The compiled structure checks of each version. */
export const STRUCTURES: Readonly<Record<XapiVersion, Structure>> = { '1.0.3': compile('1.0.3'), '2.0.0': compile('2.0.0') };

function pathOf(pointer: string, at: string): string {
  let path = at;
  for (const raw of pointer.split('/').slice(1)) {
    const part = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    path = child(path, /^\d+$/.test(part) ? Number(part) : part);
  }
  return path;
}

function unknownProperty(error: ErrorObject, key: string): string {
  const parent = error.parentSchema as { title?: string; properties?: Record<string, unknown> };
  const meant = Object.keys(parent.properties ?? {}).find((known) => known.toLowerCase() === key.toLowerCase());
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return `is not a property of ${parent.title ?? 'this object'}${hint}`;
}

/** Turns one finding of ajv into a path and a sentence. */
export function describe(error: ErrorObject, at: string, version: XapiVersion): StatementError {
  const path = pathOf(error.instancePath, at);
  const params = error.params as Record<string, unknown>;
  const format = (name: unknown) => FORMAT_NAMES[String(name)] ?? VERSIONED_FORMAT_NAMES[version][String(name)] ?? String(name);
  switch (error.keyword) {
    case 'required':
      return { path: child(path, String(params.missingProperty)), message: 'is required' };
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      return { path: child(path, key), message: unknownProperty(error, key) };
    }
    case 'type':
      return { path, message: `must be ${[params.type].flat().join(' or ')}, not ${typeName(error.data)}` };
    case 'enum':
      return { path, message: `must be one of ${(params.allowedValues as unknown[]).join(', ')}` };
    case 'const':
      return { path, message: `must be ${JSON.stringify(params.allowedValue)}` };
    case 'format':
      return error.propertyName === undefined
        ? { path, message: `must be ${format(params.format)}` }
        : { path: child(path, error.propertyName), message: `the key must be ${format(params.format)}` };
    case 'minItems':
      return { path, message: `must have at least ${String(params.limit)} item` };
    case 'minimum':
    case 'maximum':
      return { path, message: `must be ${String(params.comparison)} ${String(params.limit)}` };
    default:
      return { path, message: `breaks the rule ${error.keyword}` };
  }
}
