import { type Problem, type ProblemCode, problemStatus, problemType } from '@pharos/contract';
import { type RefusalDetail } from './refusal.js';

/** What each refusal is called. Plain words; the page has its own in the reader's language, by the code. */
const titles: Readonly<Record<ProblemCode, string>> = {
  'bad-request': 'The request is not right',
  'sign-in-failed': 'Login or password is wrong',
  'signed-out': 'You are not signed in',
  'csrf-missing': 'The request did not come from the page',
  'not-allowed': 'Your role may not do this',
  'not-found': 'There is nothing here that you may see',
  'not-acceptable': 'None of the accepted formats can be had',
  conflict: 'Somebody else was first',
  'too-late': 'It is too late to take this back',
  'too-large': 'The request is too large',
  'unsupported-media-type': 'The request is in a format that is not taken',
  'not-possible': 'This cannot be done as it stands',
  'locked-out': 'Too many failed attempts',
  'internal-error': 'Something went wrong here; nothing was changed by halves',
  'not-ready': 'Not ready yet',
};

/** Problem details of a refusal. @example problemOf('not-found', {}, 'r1').status // => 404 */
export function problemOf(code: ProblemCode, info: RefusalDetail, requestId: string): Problem {
  return {
    type: problemType(code),
    title: titles[code],
    status: problemStatus[code],
    code,
    instance: `urn:pharos:request:${requestId}`,
    ...(info.detail === undefined ? {} : { detail: info.detail }),
    ...(info.errors === undefined ? {} : { errors: [...info.errors] }),
    ...(info.conflict === undefined ? {} : { conflict: info.conflict }),
    ...(info.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: info.retryAfterSeconds }),
  };
}
