import 'reflect-metadata';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { alertsChapter } from './testing/alerts-chapter.js';
import { cellsChapter } from './testing/cells-chapter.js';
import { cohortChapter } from './testing/cohort-chapter.js';
import { deliveryChapter } from './testing/delivery-chapter.js';
import { gateChapter } from './testing/gate-chapter.js';
import { growthChapter } from './testing/growth-chapter.js';
import { learningChapter } from './testing/learning-chapter.js';
import { lendingChapter } from './testing/lending-chapter.js';
import { lettersChapter } from './testing/letters-chapter.js';
import { mineChapter } from './testing/mine-chapter.js';
import { nudgesChapter } from './testing/nudges-chapter.js';
import { platformsChapter } from './testing/platforms-chapter.js';
import { probeChapter } from './testing/probe-chapter.js';
import { sessionChapter } from './testing/session-chapter.js';
import { openWorld, type World } from './testing/world.js';

// One file, because the analytics engine binds one data folder per process.
describe('the service over real stores', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 120_000);
  afterAll(() => world.close());

  sessionChapter(() => world);
  alertsChapter(() => world);
  cohortChapter(() => world);
  cellsChapter(() => world);
  lettersChapter(() => world);
  learningChapter(() => world);
  growthChapter(() => world);
  mineChapter(() => world);
  platformsChapter(() => world);
  probeChapter(() => world);
  gateChapter(() => world);
  lendingChapter(() => world);
  // Last: it moves the clock by days, which ends sessions.
  deliveryChapter(() => world);
  nudgesChapter(() => world);
});
