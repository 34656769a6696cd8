import fc from 'fast-check';
import { type Activity, type ActivityDefinition, type ContextActivities, type InteractionComponent } from '../statement.js';
import { extensions, iris, languageMaps } from './values.js';

const words = fc.stringMatching(/^[a-z0-9_]{1,8}$/);

const components: fc.Arbitrary<InteractionComponent[]> = fc.uniqueArray(
  fc.record({ id: words, description: languageMaps }, { requiredKeys: ['id'] }),
  { selector: ({ id }) => id, maxLength: 4 },
);

const plain = { name: languageMaps, description: languageMaps, type: iris, moreInfo: iris, extensions };
const patterns = { correctResponsesPattern: fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }) };

const optional: { requiredKeys: 'interactionType'[] } = { requiredKeys: ['interactionType'] };

export const definitions: fc.Arbitrary<ActivityDefinition> = fc.oneof(
  { weight: 3, arbitrary: fc.record(plain, { requiredKeys: [] }) },
  fc.record(
    { ...plain, ...patterns, interactionType: fc.constantFrom('choice' as const, 'sequencing' as const), choices: components },
    optional,
  ),
  fc.record({ ...plain, ...patterns, interactionType: fc.constant('likert' as const), scale: components }, optional),
  fc.record({ ...plain, ...patterns, interactionType: fc.constant('matching' as const), source: components, target: components }, optional),
  fc.record({ ...plain, ...patterns, interactionType: fc.constant('performance' as const), steps: components }, optional),
  fc.record(
    {
      ...plain,
      ...patterns,
      interactionType: fc.constantFrom(
        'true-false' as const,
        'fill-in' as const,
        'long-fill-in' as const,
        'numeric' as const,
        'other' as const,
      ),
    },
    optional,
  ),
);

export const activities: fc.Arbitrary<Activity> = fc.record(
  { objectType: fc.constant('Activity' as const), id: iris, definition: definitions },
  { requiredKeys: ['id'] },
);

const oneOrMore = fc.oneof(activities, fc.array(activities, { maxLength: 2 }));

export const contextActivities: fc.Arbitrary<ContextActivities> = fc.record(
  { parent: oneOrMore, grouping: oneOrMore, category: oneOrMore, other: oneOrMore },
  { requiredKeys: [] },
);
