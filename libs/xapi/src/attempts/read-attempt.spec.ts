import { describe, expect, it } from '@jest/globals';
import { KNOWN_EXTENSIONS } from '../sealing/known-extensions.js';
import { sealablePaths } from '../sealing/sealable.js';
import { type Statement } from '../statement.js';
import { attemptSaid, helpAskedFor, isTried } from './read-attempt.js';
import { ANSWER_SAYINGS, NOT_TRIED } from './vocabularies.js';

/** Statements as their platforms document them, shortened to what is read. */
const actor = { objectType: 'Agent', account: { homePage: 'https://lms.example', name: '32e08e30' } } as const;
const XBLOCK = 'https://lms.example/xblock/block-v1:edX+DemoX+Demo_Course+type@problem+block@3fc5';
const ATTEMPT = 'http://id.tincanapi.com/extension/attempt-id';

const openEdx = (attempts: unknown) =>
  ({
    actor,
    verb: { id: 'https://w3id.org/xapi/acrossx/verbs/evaluated', display: { en: 'evaluated' } },
    object: { objectType: 'Activity', id: XBLOCK, definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: 'choice', extensions: { [ATTEMPT]: attempts } } },
    result: { success: false, score: { scaled: 0, raw: 0, min: 0, max: 1 } },
  }) as unknown as Statement; // prettier-ignore

const avt = {
  actor,
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
  object: { objectType: 'Activity', id: 'http://www.lokus.example/kapitteltest#oppgave-6', definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction' } },
  result: {
    success: true, duration: 'PT2M45S',
    extensions: {
      'https://w3id.org/xapi/avt/result-extensions/max-hints': 1,
      'https://w3id.org/xapi/avt/result-extensions/hints-used': 1,
      'https://w3id.org/xapi/avt/result-extensions/attempts': 1,
    },
  },
} as unknown as Statement; // prettier-ignore

const moodle = {
  actor,
  verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
  object: { objectType: 'Activity', id: 'https://moodle.example/xapi/activities/scormlite/50b4/sco' },
  result: { success: true },
  context: { platform: 'Moodle', extensions: { [ATTEMPT]: 2, 'https://w3id.org/xapi/cmi5/context/extensions/launchmode': 'Normal' } },
} as unknown as Statement; // prettier-ignore

describe('which try an answer is, and how many hints came before it', () => {
  it.each([
    ['Open edX, problem_check', openEdx(10), { attempt: 10, hints: null }],
    ['AVT', avt, { attempt: 1, hints: 1 }],
    ['Moodle by the profile of xapi.fr', moodle, { attempt: 2, hints: null }],
    ['Pharos', { result: { extensions: { 'https://pharos.example/xapi/extensions/hints': 3 } } }, { attempt: null, hints: 3 }],
    ['nobody', {}, { attempt: null, hints: null }],
  ])('is read as %s says it', (_, statement, said) => {
    expect(attemptSaid(statement as never)).toEqual(said);
  });

  it.each([['an id of the attempt', '7584cd21-bbea-4179-a7e9-affdea1a4444'], ['text', '2'], ['zero', 0], ['a part', 1.5], ['nothing', null]])('is not said by %s', (_, value) => {
    expect(attemptSaid(openEdx(value) as never).attempt).toBeNull();
  }); // prettier-ignore

  it('is not sealed at the door; a word in its place is', () => {
    expect([openEdx(10), openEdx('7584cd21-bbea-4179-a7e9-affdea1a4444'), moodle].flatMap((one) => sealablePaths(one, KNOWN_EXTENSIONS))).toEqual([]);
    expect(sealablePaths(avt, KNOWN_EXTENSIONS).map(({ path }) => path.at(-1))).toEqual(['https://w3id.org/xapi/avt/result-extensions/max-hints']);
    expect(sealablePaths(openEdx('Ann’s second'), KNOWN_EXTENSIONS)).toHaveLength(1);
    for (const extension of [...ANSWER_SAYINGS.map((saying) => saying.extension), ...NOT_TRIED.keys()]) expect([extension, KNOWN_EXTENSIONS.has(extension)]).toEqual([extension, true]);
  }); // prettier-ignore
});

describe('help that a statement asks for', () => {
  const asked = { verb: 'http://adlnet.gov/expapi/verbs/asked', activityType: 'https://w3id.org/xapi/acrossx/extensions/supplemental-info' };
  it('belongs to the item', () => {
    expect(helpAskedFor({ ...asked, activity: `${XBLOCK}/hint/1` })).toBe(XBLOCK);
    expect(helpAskedFor({ ...asked, activityType: 'http://id.tincanapi.com/activitytype/solution', activity: `${XBLOCK}/answer` })).toBe(XBLOCK);
  });
  it('is nothing else that is asked', () => {
    expect(helpAskedFor({ ...asked, activity: XBLOCK })).toBeUndefined();
    expect(helpAskedFor({ ...asked, activityType: 'http://id.tincanapi.com/activitytype/discussion', activity: `${XBLOCK}/hint/1` })).toBeUndefined();
  });
});

describe('an answer while looking through', () => {
  const launched = (mode: string) => ({ context: { extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/launchmode': mode } } });
  it('is no try, by cmi5’s mode of the launch', () => {
    expect(['Normal', 'Browse', 'Review'].map((mode) => isTried(launched(mode)))).toEqual([true, false, false]);
    expect(isTried({})).toBe(true);
  });
});
