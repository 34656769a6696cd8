/**
 * The words in which the Open University data set is told as xAPI. The activity types and verbs are ones that
 * platforms use, so that its clicks roll up with everybody else's.
 */
export const HOME = 'https://analyse.kmi.open.ac.uk/open_dataset';
export const SCHOOL = 'open-university';

const ADL = 'http://adlnet.gov/expapi';
const TINCAN = 'http://id.tincanapi.com';
const STREAMS = 'http://activitystrea.ms/schema/1.0';
const WEBPAGE = 'https://w3id.org/xapi/acrossx/activities/webpage';

const viewed = { id: `${TINCAN}/verb/viewed`, display: { en: 'viewed' } };
const interacted = { id: `${ADL}/verbs/interacted`, display: { en: 'interacted with' } };
export const submitted = { id: `${STREAMS}/submit`, display: { en: 'submitted' } };

export interface ClickWords {
  readonly verb: typeof viewed;
  readonly type: string;
}

/** What a click on a site of each kind of the virtual learning environment says. */
const CLICKS: Readonly<Record<string, ClickWords>> = {
  homepage: { verb: viewed, type: WEBPAGE },
  subpage: { verb: viewed, type: WEBPAGE },
  sharedsubpage: { verb: viewed, type: WEBPAGE },
  page: { verb: viewed, type: WEBPAGE },
  folder: { verb: viewed, type: WEBPAGE },
  glossary: { verb: viewed, type: WEBPAGE },
  url: { verb: viewed, type: `${ADL}/activities/link` },
  resource: { verb: viewed, type: `${TINCAN}/activitytype/resource` },
  // A store of videos, recordings and documents.
  dataplus: { verb: viewed, type: `${ADL}/activities/file` },
  // The study texts themselves; dualpane shows a text beside its exercise.
  oucontent: { verb: viewed, type: `${STREAMS}/article` },
  dualpane: { verb: viewed, type: `${STREAMS}/article` },
  forumng: { verb: viewed, type: `${TINCAN}/activitytype/discussion` },
  // Students write wikis together, much as they write in forums.
  ouwiki: { verb: interacted, type: `${TINCAN}/activitytype/discussion` },
  // A click in a quiz is not an attempt of it: attempts and marks are told by studentAssessment.
  quiz: { verb: interacted, type: `${ADL}/activities/assessment` },
  externalquiz: { verb: interacted, type: `${ADL}/activities/assessment` },
  repeatactivity: { verb: interacted, type: `${ADL}/activities/interaction` },
  htmlactivity: { verb: interacted, type: `${ADL}/activities/interaction` },
  oucollaborate: { verb: interacted, type: `${ADL}/activities/meeting` },
  ouelluminate: { verb: interacted, type: `${ADL}/activities/meeting` },
  questionnaire: { verb: interacted, type: `${TINCAN}/activitytype/survey` },
};

/** Undefined for a kind of site that the data set does not describe. */
export function clickWords(activityType: string): ClickWords | undefined {
  return Object.hasOwn(CLICKS, activityType) ? CLICKS[activityType] : undefined;
}

/** The type under which a piece of work is known: a test that a computer marks or a hall supervises, or an assignment. */
export function workType(assessmentType: string): string {
  return assessmentType === 'TMA' ? `${TINCAN}/activitytype/school-assignment` : `${ADL}/activities/assessment`;
}

export const siteIri = (site: string) => `${HOME}/vle/${site}`;
export const workIri = (assessment: string) => `${HOME}/assessments/${assessment}`;
