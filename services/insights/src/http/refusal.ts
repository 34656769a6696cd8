import { type Conflict, type ProblemCode } from '@pharos/contract';

export interface RefusalDetail {
  /** For the reader. Never names a learner. */
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly conflict?: Conflict;
  readonly retryAfterSeconds?: number;
}

/** A request that is refused for an expected reason. The problem filter turns it into problem details. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: ProblemCode,
    readonly info: RefusalDetail = {},
  ) {
    super(code);
  }
}

/** Somebody else's learner, alert or tenant looks exactly like one that does not exist. */
export const notFound = (): Refusal => new Refusal('not-found');
