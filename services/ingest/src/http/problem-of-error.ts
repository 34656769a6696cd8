import { BlobUnavailable, LogUnavailable } from '@pharos/event-log';
import { BadBody } from './json-body.js';
import { BadParameter } from './parameters.js';
import { problem, type Problem } from './problem.js';

/**
 * Fastify's own refusals of a body, and parameters that are not as they should be; everything else is a fault of ours and
 * told without its text.
 *
 * @param media what is said to a body of another media type
 * @param mediaStatus 415, or 400 where the specification has no 415 (xAPI, part three, 3.2)
 */
export function problemOfError(error: Error & { readonly code?: string }, media: string, mediaStatus: 400 | 415 = 415): Problem {
  if (error instanceof BadParameter || error instanceof BadBody) return problem(400, error.message);
  // A reader who is shown people leaves a trace; where that cannot be written now, nobody is shown.
  if (error instanceof BlobUnavailable) return problem(503, error.message);
  if (error instanceof LogUnavailable) return problem(error.code === 'disk-full' ? 507 : 503, error.message);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'The body is too large. Send less at a time.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(mediaStatus, media);
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem(400, 'The body is not as long as Content-Length says.');
    case 'FST_CP_ERR_INVALID_CONTENT_ENCODING':
      return problem(mediaStatus, 'The body may be sent as it is, or with Content-Encoding gzip, deflate or br.');
    case 'FST_CP_ERR_INVALID_CONTENT':
      return problem(400, 'The body is not encoded as Content-Encoding says.');
    default:
      return problem(500, 'Something went wrong here. The request may be sent again.');
  }
}
