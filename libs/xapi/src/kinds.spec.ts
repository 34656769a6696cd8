import { describe, expect, it } from '@jest/globals';
import { activityKind, verbKind } from './kinds.js';
import { type Activity } from './statement.js';

const activity = (definition?: Activity['definition']): { object: Activity } => ({
  object: { id: 'http://a/b', ...(definition && { definition }) },
});

describe('the kind of an activity', () => {
  it.each([
    ['https://w3id.org/xapi/video/activity-type/video', 'video'],
    ['http://adlnet.gov/expapi/activities/assessment', 'assessment'],
    ['http://adlnet.gov/expapi/activities/assessment/', 'assessment'],
    ['https://adlnet.gov/expapi/activities/question', 'practice'],
    ['http://id.tincanapi.com/activitytype/school-assignment', 'assignment'],
    ['http://id.tincanapi.com/activitytype/forum-topic', 'forum'],
    ['http://adlnet.gov/expapi/activities/course', 'page'],
    ['http://adlnet.gov/expapi/activities/file', 'file'],
    ['http://activitystrea.ms/schema/1.0/book', 'reading'],
    ['http://activitystrea.ms/schema/1.0/game', 'game'],
    ['http://example.com/unknown', 'other'],
  ])('of type %s is %s', (type, kind) => {
    expect(activityKind(activity({ type }))).toBe(kind);
  });

  it('of an interaction is practice, or assessment where its parent is one', () => {
    const question = activity({ interactionType: 'choice' });
    const test = { id: 'http://a/test', definition: { type: 'http://adlnet.gov/expapi/activities/assessment' } };
    expect(activityKind(question)).toBe('practice');
    expect(activityKind({ ...question, context: { contextActivities: { parent: test } } })).toBe('assessment');
    expect(activityKind({ ...question, context: { contextActivities: { parent: [{ id: 'http://a/course' }, test] } } })).toBe('assessment');
    expect(activityKind({ ...question, context: { contextActivities: { grouping: test } } })).toBe('practice');
  });

  it('of anything else is other', () => {
    expect(activityKind(activity())).toBe('other');
    expect(activityKind({ object: { objectType: 'Agent', mbox: 'mailto:a@b.c' } })).toBe('other');
  });
});

describe('the kind of a verb', () => {
  it.each([
    ['https://w3id.org/xapi/video/verbs/played', 'viewed'],
    ['https://w3id.org/xapi/video/verbs/seeked', 'interacted'],
    ['http://adlnet.gov/expapi/verbs/initialized', 'started'],
    ['http://adlnet.gov/expapi/verbs/answered', 'answered'],
    ['http://activitystrea.ms/schema/1.0/submit', 'submitted'],
    ['http://adlnet.gov/expapi/verbs/passed', 'scored'],
    ['http://adlnet.gov/expapi/verbs/completed', 'completed'],
    ['http://adlnet.gov/expapi/verbs/voided', 'voided'],
    ['http://example.com/defenestrated', 'other'],
  ])('%s is %s', (id, kind) => {
    expect(verbKind({ verb: { id } })).toBe(kind);
  });
});
