import { alertsJob } from '../alerts/alerts-job.js';
import { digestJob } from '../digest/digest-job.js';
import { masteryJob } from '../mastery/mastery-job.js';
import { practiceJob } from '../mastery/practice-job.js';
import { nudgesJob } from '../nudges/nudges-job.js';
import { observeJob } from '../observe/observe-job.js';
import { riskJob } from '../risk/risk-job.js';
import { type Job } from './job.js';

/** Every job, in the order in which a day's slots depend on each other. */
export const jobs: readonly Job[] = [riskJob, alertsJob, observeJob, masteryJob, practiceJob, nudgesJob, digestJob];

export const jobNamed = (name: string): Job | undefined => jobs.find((job) => job.name === name);
