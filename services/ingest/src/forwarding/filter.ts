import { type ForwardFilter } from '@pharos/registry';
import { type LoggedStatement } from '../door/read-statement.js';

const fits = (wanted: readonly string[] | undefined, value: unknown): boolean =>
  wanted === undefined || (typeof value === 'string' && wanted.includes(value));

/** Whether a target gets a statement. A voiding statement is for whoever gets all verbs or that one. @example isFor({}, logged) // => true */
export function isFor({ verbs, activities, platforms }: ForwardFilter, { data }: Pick<LoggedStatement, 'data'>): boolean {
  const { object, verb } = data.statement as unknown as {
    readonly object?: { readonly id?: unknown };
    readonly verb?: { readonly id?: unknown };
  };
  return fits(platforms, data.credential) && fits(verbs, verb?.id) && fits(activities, object?.id);
}
