import { type Session } from '@pharos/contract';
import { type Caller } from '../http/caller.js';

/** What the page is told about who is signed in. */
export function sessionView(
  caller: Caller,
  session: { readonly csrf: string; readonly expiresAt: Date },
  known: { readonly name: string; readonly timeZone: string; readonly learners: readonly string[] },
): Session {
  return {
    user: caller.id,
    person: caller.person,
    name: known.name,
    tenant: caller.tenant,
    roles: [...caller.roles],
    locale: caller.locale,
    timeZone: known.timeZone,
    csrf: session.csrf,
    expiresAt: session.expiresAt.toISOString(),
    learners: [...known.learners],
    schools: [...caller.schools],
  };
}
