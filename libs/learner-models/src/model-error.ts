/** Why a model refused its data. Callers branch on the code, never on the text. */
export type ModelErrorCode =
  | 'no-target'
  | 'bad-target'
  | 'single-class'
  | 'too-few-rows'
  | 'shape'
  | 'bad-value'
  | 'features-differ'
  | 'unknown-feature'
  | 'not-fitted'
  | 'bad-learned'
  | 'bad-settings'
  | 'calibration-reversed';

/** A refusal with a code and a sentence that an administrator can act on. */
export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ModelError';
  }
}

/** Tells a refusal by a model from a bug. */
export function isModelError(error: unknown): error is ModelError {
  return error instanceof ModelError;
}
