import { grants } from '@pharos/contract';
import { type LogUnavailable } from '@pharos/event-log';
import { type StatementError, validateBatch, validateStatement } from '@pharos/xapi';
import { type Refusal, type StatementBatch } from './batch.js';

/** Sending statements needs `statements/write` (or what holds it); setting their `knownAt` needs `history/write` besides. */
export function refuseUnlessAllowed({ sender, knownAt }: StatementBatch): Refusal | undefined {
  if (!grants(sender.scopes, 'statements/write')) return notAllowed('statements/write');
  if (knownAt !== undefined && !grants(sender.scopes, 'history/write')) return notAllowed('history/write');
  return undefined;
}

function notAllowed(scope: string): Refusal {
  return { step: 'authorise', status: 403, detail: `This needs a credential with the scope ${scope}.`, errors: [], statements: [] };
}

/** Structure and rules of the specification; a batch of statements also has each id once. */
export function validate({ statements, version, alone }: StatementBatch): Refusal | undefined {
  const errors = alone ? validateStatement(statements[0], version) : validateBatch(statements, version);
  if (errors.length === 0) return undefined;
  const blamed = new Set(errors.map(({ path }) => indexOf(path)));
  const detail = alone ? 'The statement is not valid.' : `${blamed.size} of ${statements.length} statements are not valid.`;
  return { step: 'validate', status: 400, detail, errors, statements: [...blamed] };
}

/** `[3].verb` blames statement 3; a path without an index, the statement that was sent alone. */
export function indexOf(path: string): number {
  return Number(/^\[(\d+)\]/.exec(path)?.[1] ?? 0);
}

/** Other content stands under these ids. */
export function claimConflict({ alone }: StatementBatch, statements: readonly number[]): Refusal {
  const errors: StatementError[] = statements.map((index) => ({
    path: alone ? 'id' : `[${index}].id`,
    message: 'is the id of a statement with other content',
  }));
  return { step: 'claim', status: 409, detail: 'A known id was sent with other content. Nothing was stored.', errors, statements };
}

/** The log could not take the batch now. Nothing was written, so it may be sent again as it is. */
export function logRefusal({ code, message }: LogUnavailable): Refusal {
  return { step: 'append', status: code === 'disk-full' ? 507 : 503, detail: message, errors: [], statements: [] };
}
