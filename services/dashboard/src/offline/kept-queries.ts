/**
 * What the worker keeps, as the page knows it. Written out once more, because the worker is one file: what it shared with the page would be a file that it
 * cannot import. A test holds the two together.
 */
export const ANSWERS = 'pharos-answers';

/** The address of an answer that is kept, and the first word of the query by which the page asks for it. */
export const KEPT = [
  { path: '/api/session', query: 'session' },
  { path: '/api/practice/next', query: 'practice' },
] as const;
