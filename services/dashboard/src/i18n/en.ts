import { caseloadTexts } from './en/caseload.js';
import { classTexts } from './en/class.js';
import { learnerTexts } from './en/learner.js';
import { meTexts } from './en/me.js';
import { fairnessTexts } from './en/fairness.js';
import { modelsTexts } from './en/models.js';
import { overviewTexts } from './en/overview.js';
import { platformsTexts } from './en/platforms.js';
import { shellTexts } from './en/shell.js';

/** The page's own texts in English, a file for each place. Reasons, risks and what happened to an alert are worded by the contract. */
export const en = {
  ...shellTexts,
  ...caseloadTexts,
  ...learnerTexts,
  ...overviewTexts,
  ...modelsTexts,
  ...fairnessTexts,
  ...classTexts,
  ...meTexts,
  ...platformsTexts,
} as const;

/** A key of the catalogue. */
export type TextKey = keyof typeof en;
