export { type AlertMismatch, type AlertVerification, verifyAlerts } from './alerts/verify-alerts.js';
export { JobsModule } from './jobs.module.js';
export { jobNamed, jobs } from './running/catalogue.js';
export { headsOf, type Job, type JobCounts, type JobsHome } from './running/job.js';
export { type JobRequest, type JobResult, runJob } from './running/run-job.js';
export { waitForFold } from './running/wait-for-fold.js';
