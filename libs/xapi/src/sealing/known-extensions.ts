import { isDuration } from '../formats/duration.js';
import { isUuid } from '../formats/identifiers.js';
import { isLanguageTag } from '../formats/language-tag.js';

/**
 * What an extension's value looks like that may stand in the log unsealed. A `token` is one short word or a
 * number, such as a playback quality or a session's opaque id; an `attempt` is its number or its UUID. Known values that do not look as promised are sealed like unknown ones.
 */
export type ExtensionShape = 'number' | 'boolean' | 'uuid' | 'attempt' | 'token' | 'segments' | 'language' | 'duration' | 'size';
export type AllowedExtensions = ReadonlyMap<string, ExtensionShape>;

const TOKEN = /^[A-Za-z0-9][\w.:+-]{0,63}$/;
const SEGMENTS = /^[\d.,[\]\s]*$/;
const SIZE = /^\d+x\d+$/;

/** True when a value is of the shape that the allow-list promises. @example hasShape('1080x720', 'size') // => true */
export function hasShape(value: unknown, shape: ExtensionShape): boolean {
  if (shape === 'number' || shape === 'boolean') return typeof value === shape;
  // The same quality is sent as 720 by one player and as "hd720" by another.
  if ((shape === 'token' || shape === 'attempt') && typeof value === 'number') return true;
  if (typeof value !== 'string') return false;
  switch (shape) {
    case 'uuid':
    case 'attempt':
      return isUuid(value);
    case 'token':
      return TOKEN.test(value);
    case 'segments':
      return SEGMENTS.test(value);
    case 'language':
      return isLanguageTag(value);
    case 'duration':
      return isDuration(value);
    case 'size':
      return SIZE.test(value);
  }
}

const VIDEO = 'https://w3id.org/xapi/video/extensions/';
const CMI5 = 'https://w3id.org/xapi/cmi5/context/extensions/';
const CMI5_RESULT = 'https://w3id.org/xapi/cmi5/result/extensions/';
/** Hints taken before an answer: a number. */
export const HINTS_EXTENSION = 'https://pharos.example/xapi/extensions/hints';
const AVT = 'https://w3id.org/xapi/avt/result-extensions/';
const TINCAN = 'http://id.tincanapi.com/extension/';

/**
 * Well-known extensions that hold a number, a switch or one of few words, by the profiles that define them. Left out on
 * purpose: the video profile's user-agent, cmi5's launchurl and launchparameters, because they can tell who someone is.
 */
export const KNOWN_EXTENSIONS: AllowedExtensions = new Map<string, ExtensionShape>([
  [`${VIDEO}session-id`, 'token'],
  [`${VIDEO}time`, 'number'],
  [`${VIDEO}time-from`, 'number'],
  [`${VIDEO}time-to`, 'number'],
  [`${VIDEO}length`, 'number'],
  [`${VIDEO}progress`, 'number'],
  [`${VIDEO}played-segments`, 'segments'],
  [`${VIDEO}completion-threshold`, 'number'],
  [`${VIDEO}cc-subtitle-enabled`, 'boolean'],
  [`${VIDEO}cc-enabled`, 'boolean'],
  [`${VIDEO}cc-subtitle-lang`, 'language'],
  [`${VIDEO}full-screen`, 'boolean'],
  [`${VIDEO}speed`, 'token'],
  [`${VIDEO}volume`, 'number'],
  [`${VIDEO}quality`, 'token'],
  [`${VIDEO}frame-rate`, 'number'],
  [`${VIDEO}screen-size`, 'size'],
  [`${VIDEO}video-playback-size`, 'size'],
  [`${CMI5}sessionid`, 'token'],
  [`${CMI5}masteryscore`, 'number'],
  [`${CMI5}launchmode`, 'token'],
  [`${CMI5}moveon`, 'token'],
  [`${CMI5_RESULT}progress`, 'number'],
  [`${CMI5_RESULT}reason`, 'token'],
  [HINTS_EXTENSION, 'number'],
  [`${TINCAN}attempt-id`, 'attempt'],
  [`${AVT}attempts`, 'number'],
  [`${AVT}hints-used`, 'number'],
  [`${TINCAN}planned-duration`, 'duration'],
  ['http://h5p.org/x-api/h5p-local-content-id', 'number'],
  ['http://h5p.org/x-api/h5p-subContentId', 'uuid'],
]);
