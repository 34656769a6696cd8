import { type ImportRun as ImportRunShape, type JobRun as JobRunShape } from '@pharos/contract';
import { type ImportRun, type JobRun } from '@pharos/registry';
import { type z } from 'zod';

export function jobRunView(run: JobRun): JobRunShape {
  const { id, job, slot, asOf, startedAt, finishedAt, outcome, reason, counts, attempt } = run;
  return {
    id, job, slot, asOf, outcome, reason, attempt, counts: { ...counts },
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt === null ? null : finishedAt.toISOString(),
    durationMs: finishedAt === null ? null : finishedAt.getTime() - startedAt.getTime(),
  }; // prettier-ignore
}

/** An import as operators see it. The file's name only: its folder says nothing about learning. */
export function importView(run: ImportRun): z.output<typeof ImportRunShape> {
  const { id, kind, file, startedAt, finishedAt, outcome, progress } = run;
  return {
    id, kind, outcome, progress: { ...progress },
    file: file.split('/').at(-1) ?? file,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt === null ? null : finishedAt.toISOString(),
  }; // prettier-ignore
}
