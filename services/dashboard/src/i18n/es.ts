import { type TextKey } from './en.js';
import { caseloadTexts } from './es/caseload.js';
import { classTexts } from './es/class.js';
import { learnerTexts } from './es/learner.js';
import { meTexts } from './es/me.js';
import { fairnessTexts } from './es/fairness.js';
import { modelsTexts } from './es/models.js';
import { overviewTexts } from './es/overview.js';
import { platformsTexts } from './es/platforms.js';
import { shellTexts } from './es/shell.js';

/** The page's own texts in Spanish; the compiler and a test see to it that none is missing. */
export const es: Readonly<Record<TextKey, string>> = {
  ...shellTexts,
  ...caseloadTexts,
  ...learnerTexts,
  ...overviewTexts,
  ...modelsTexts,
  ...fairnessTexts,
  ...classTexts,
  ...meTexts,
  ...platformsTexts,
};
