import { afterAll, beforeAll, describe } from '@jest/globals';
import { analystChapter } from './analyst-chapter.js';
import { type District, openDistrict } from './district.js';
import { integratorChapter } from './integrator-chapter.js';
import { learnerChapter } from './learner-chapter.js';
import { browserPath } from './open-browser.js';
import { offlineChapter } from './offline-chapter.js';
import { staffChapter } from './staff-chapter.js';

if (browserPath === undefined) process.stderr.write('The walk through the pages is skipped: no Chromium is installed here.\n');
const describeInBrowser = browserPath === undefined ? describe.skip : describe;

// One district for all of them: making it takes longer than most visits.
describeInBrowser('the pages', () => {
  let district: District | undefined;
  const opened = (): District => {
    if (!district) throw new Error('the district could not be opened');
    return district;
  };
  beforeAll(async () => {
    district = await openDistrict();
  }, 300_000);
  afterAll(() => district?.close());

  staffChapter(opened);
  analystChapter(opened);
  integratorChapter(opened);
  learnerChapter(opened);
  offlineChapter(opened);
});
