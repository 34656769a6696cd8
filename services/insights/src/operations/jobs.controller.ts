import { Inject } from '@nestjs/common';
import { type Answer, type JobRun, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { z } from 'zod';
import { type Call, type Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readJsonCursor, writeJsonCursor } from '../http/json-cursor.js';
import { type Column, download } from '../http/table.js';
import { REGISTRY } from '../tokens.js';
import { importView, jobRunView } from './job-run-view.js';

const r = routes.operations;

/** Runs that began at the same millisecond share a cursor, so the next page leaves out those already shown. */
const cursor = z.object({ before: z.iso.datetime(), shown: z.array(z.string()) });

const columns: readonly Column<JobRun>[] = [
  ['job', 'text', (run) => run.job],
  ['slot', 'text', (run) => run.slot],
  ['as_of', 'text', (run) => run.asOf],
  ['started_at', 'text', (run) => run.startedAt],
  ['finished_at', 'text', (run) => run.finishedAt],
  ['duration_ms', 'number', (run) => run.durationMs],
  ['outcome', 'text', (run) => run.outcome],
  ['reason', 'text', (run) => run.reason],
  ['attempt', 'number', (run) => run.attempt],
];

/** What ran, and what was imported. */
@Answers()
export class JobsController {
  constructor(@Inject(REGISTRY) private readonly registry: Registry) {}

  @Handles(r.jobRuns)
  async jobRuns(@Asked() { caller, query, format }: Call<typeof r.jobRuns>): Promise<Answer<typeof r.jobRuns> | Download> {
    const at = readJsonCursor(cursor, query.cursor);
    const shown = new Set(at?.shown);
    // `before` is exclusive, so it is asked for one millisecond later and what was shown is left out.
    const before = at ? { before: new Date(Date.parse(at.before) + 1) } : {};
    const job = query.job === undefined ? {} : { job: query.job };
    const found = await this.registry.tenant(caller.tenant).jobRuns.list({ ...job, ...before, limit: query.limit + 1 + shown.size });
    const rest = found.map(jobRunView).filter(({ id }) => !shown.has(id));
    const items = rest.slice(0, query.limit);
    if (format) return download(format, columns, items);
    const last = items.at(-1);
    const same = last ? items.filter(({ startedAt }) => startedAt === last.startedAt).map(({ id }) => id) : [];
    const carried = at?.before === last?.startedAt ? [...shown] : [];
    return {
      items,
      next: last && rest.length > items.length ? writeJsonCursor({ before: last.startedAt, shown: [...carried, ...same] }) : null,
    };
  }

  @Handles(r.imports)
  async imports(@Asked() { caller }: Call<typeof r.imports>): Promise<Answer<typeof r.imports>> {
    return { items: (await this.registry.tenant(caller.tenant).imports.list()).map(importView) };
  }
}
