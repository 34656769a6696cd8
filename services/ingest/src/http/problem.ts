import { type StatementError } from '@pharos/xapi';
import { type Refusal } from '../door/batch.js';

/** A problem of RFC 9457. `errors` names each place that is to blame. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly StatementError[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

export function problem(status: number, detail: string, errors: readonly StatementError[] = []): Problem {
  const body: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail };
  return errors.length > 0 ? { ...body, errors } : body;
}

/** A batch of ten thousand bad statements is not answered with ten thousand lines more than once. */
const MOST_ERRORS = 1_000;

export const problemOf = ({ status, detail, errors }: Refusal): Problem => problem(status, detail, errors.slice(0, MOST_ERRORS));
