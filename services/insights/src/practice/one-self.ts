import { type Caller } from '../http/caller.js';
import { Refusal } from '../http/refusal.js';
import { type LearnerAccess } from '../people/learner-access.js';

/** Who is signed in, as a learner of the roster (canonical token). @throws Refusal for others */
export async function oneSelf(caller: Caller, access: LearnerAccess): Promise<string> {
  const learner = caller.person === null ? undefined : await access.resolve(caller, caller.person);
  if (learner === undefined)
    throw new Refusal('not-possible', { detail: 'You are no learner of the roster, so there is nothing to practise.' });
  return learner;
}
