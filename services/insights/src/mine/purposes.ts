import { type readPurposes } from '@pharos/contract';

type Purpose = (typeof readPurposes)[number];

/** Areas of routes in which names are read, by what a person was looking at. */
const areas: Readonly<Record<string, Purpose>> = {
  learners: 'page', knowledge: 'page', goals: 'page', voice: 'page', plans: 'page', badges: 'page', placement: 'page', mine: 'page',
  teaching: 'class', assigning: 'class', caseload: 'caseload', alerts: 'alert', statements: 'platform',
}; // prettier-ignore

/**
 * For what a name was read, as a learner may be told it.
 *
 * @param why as `IdentityRead` says: the name of a route, or a purpose
 * @example purposeOf('caseload.list') // => 'caseload'
 */
export function purposeOf(why: string): Purpose {
  if (why.startsWith('deliver ')) return 'message';
  if (/^(forward |xapi|extensions\/|statements)/.test(why)) return 'platform';
  return areas[why.split('.')[0]!] ?? 'other';
}
