import { type NewFact, type Unrecorded, type FactNamed } from '@pharos/facts';

type New<T extends NewFact['type']> = Unrecorded<FactNamed<T & FactNamed<NewFact['type']>['type']>>;

const at = (day: number) => new Date(Date.UTC(2014, 9, 1 + day, 10)).toISOString();

/** A statement of a learner in a course. */
export function statement(
  id: string,
  learner: string,
  day = 0,
  over: Partial<New<'StatementRecorded'>['data']> = {},
  tenant = 'uni',
): New<'StatementRecorded'> {
  return {
    id, type: 'StatementRecorded', version: 1, tenant, key: learner, occurredAt: at(day), knownAt: at(day),
    data: {
      statement: { id, verb: { id: 'https://verbs/viewed' } }, xapi: '1.0.3', hash: `hash-${id}`, credential: 'lms', learner,
      verb: 'https://verbs/viewed', activity: 'https://lms/page', activityType: 'https://types/page', kind: 'page', action: 'viewed',
      context: ['https://lms/maths'], amount: 1.1, ...over,
    },
  }; // prettier-ignore
}

/** The taking back of a statement. `key` decides its partition: often another one than that of its target. */
export function voided(target: string, voider: string, key: string, tenant = 'uni'): New<'StatementVoided'> {
  return {
    id: `void-${voider}`,
    type: 'StatementVoided',
    version: 1,
    tenant,
    key,
    occurredAt: at(9),
    knownAt: at(9),
    data: { target, voider },
  };
}

export function enrolled(learner: string, over: Partial<New<'LearnerEnrolled'>['data']> = {}, tenant = 'uni'): New<'LearnerEnrolled'> {
  return {
    id: `enrolled-${learner}`, type: 'LearnerEnrolled', version: 1, tenant, key: learner, occurredAt: at(0), knownAt: at(0),
    data: { learner, class: 'maths-2014', ...over },
  }; // prettier-ignore
}

export function mathsDefined(tenant = 'uni'): New<'ClassDefined'> {
  return {
    id: 'class-maths', type: 'ClassDefined', version: 1, tenant, key: 'maths-2014', occurredAt: at(0), knownAt: at(0),
    data: {
      class: 'maths-2014', title: 'Maths', course: 'maths', courseTitle: 'Maths', school: 'north', schoolTitle: 'North', term: '2014',
      start: '2014-10-01', end: '2015-05-31', iris: ['https://lms/maths'],
    },
  }; // prettier-ignore
}

export function linked(learner: string, canonical: string, isLinked: boolean, day: number, tenant = 'uni'): New<'LearnersLinked'> {
  return {
    id: `link-${learner}-${day}`, type: 'LearnersLinked', version: 1, tenant, key: learner, occurredAt: at(day), knownAt: at(day),
    data: { learner, canonical, linked: isLinked, because: 'mail', at: at(day) },
  }; // prettier-ignore
}
