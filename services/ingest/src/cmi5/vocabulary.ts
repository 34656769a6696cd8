const ADL = 'http://adlnet.gov/expapi/verbs';
const CMI5 = 'https://w3id.org/xapi/cmi5';

/** Verbs that cmi5 defines for assignable units and for the learning management system (9.3). */
export const VERBS = {
  launched: `${ADL}/launched`,
  initialized: `${ADL}/initialized`,
  completed: `${ADL}/completed`,
  passed: `${ADL}/passed`,
  failed: `${ADL}/failed`,
  terminated: `${ADL}/terminated`,
  abandoned: 'https://w3id.org/xapi/adl/verbs/abandoned',
  waived: 'https://w3id.org/xapi/adl/verbs/waived',
  satisfied: 'https://w3id.org/xapi/adl/verbs/satisfied',
} as const;
export type Cmi5Verb = keyof typeof VERBS;

/** What an assignable unit says itself; the rest is the learning management system's. */
export const OF_UNITS: readonly Cmi5Verb[] = ['initialized', 'completed', 'passed', 'failed', 'terminated'];

/** In `contextActivities.category` of each statement that cmi5 defines (9.6.2.1). */
export const CMI5_CATEGORY = `${CMI5}/context/categories/cmi5`;
export const MOVE_ON_CATEGORY = `${CMI5}/context/categories/moveon`;

/** Extensions of `context` (9.6.3) and of `result` (9.5.5). */
export const CONTEXT = {
  sessionId: `${CMI5}/context/extensions/sessionid`,
  masteryScore: `${CMI5}/context/extensions/masteryscore`,
  launchMode: `${CMI5}/context/extensions/launchmode`,
  launchUrl: `${CMI5}/context/extensions/launchurl`,
  moveOn: `${CMI5}/context/extensions/moveon`,
  launchParameters: `${CMI5}/context/extensions/launchparameters`,
} as const;
/** Types of the objects of satisfied (9.3.9). */
export const TYPES = { block: `${CMI5}/activitytype/block`, course: `${CMI5}/activitytype/course` } as const;
export const REASON = `${CMI5}/result/extensions/reason`;
export const PROGRESS = `${CMI5}/result/extensions/progress`;

/** State document that tells a unit how it was launched (10). */
export const LAUNCH_DATA = 'LMS.LaunchData';

/** @example cmi5VerbOf('http://adlnet.gov/expapi/verbs/passed') // => 'passed' */
export const cmi5VerbOf = (iri: string): Cmi5Verb | undefined => (Object.keys(VERBS) as Cmi5Verb[]).find((name) => VERBS[name] === iri);
