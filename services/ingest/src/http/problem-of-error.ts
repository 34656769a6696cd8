import { problem, type Problem } from './problem.js';

/**
 * Fastify's own refusals of a body; everything else is a fault of ours and told without its text.
 *
 * @param media what is said to a body of another media type
 */
export function problemOfError({ code }: { readonly code?: string }, media: string): Problem {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'The body is too large. Send less at a time.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, media);
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem(400, 'The body is not as long as Content-Length says.');
    default:
      return problem(500, 'Something went wrong here. The request may be sent again.');
  }
}
