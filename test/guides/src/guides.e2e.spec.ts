import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cameraGame, languageApp, literacyGame, masteryPlatform, openSchool, type School, tutor, vrExercise } from './index.js';

/** Each guide is a client that runs; what it asserts is what Pharos answered. */
describe('guides for platforms', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 120_000);

  it.each([
    ['a mastery platform: levels, the next exercise, the report of a class', masteryPlatform],
    ['a language app: review dates, weak areas first, a streak', languageApp],
    ['a tutor: hints to steps, open answers', tutor],
    ['a literacy game: a levelled path and an assignment', literacyGame],
    ['a hands-on camera game: events, and the next lesson from them', cameraGame],
    ['a VR exercise: performance that is graded at the door, levels as they change', vrExercise],
  ])('%s', async (_, guide) => {
    await expect(guide(school)).resolves.toBeUndefined();
  });
});
