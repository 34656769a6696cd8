import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { openApiDocument } from '@pharos/contract/openapi';
import { type EventLog } from '@pharos/event-log';
import { type Registry } from '@pharos/registry';
import { type Warehouse } from '@pharos/warehouse';
import { Answers, Handles } from '../http/handles.js';
import { type InsightsSettings } from '../settings.js';
import { LOG, REGISTRY, SETTINGS, WAREHOUSE } from '../tokens.js';

const r = routes.operations;

/** Whether this service can answer, and what it answers. */
@Answers()
export class HealthController {
  private readonly document: Answer<typeof r.openapi>;

  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(LOG) private readonly log: EventLog,
    @Inject(SETTINGS) private readonly settings: InsightsSettings,
  ) {
    this.document = openApiDocument(settings.version) as Answer<typeof r.openapi>;
  }

  @Handles(r.health)
  async health(): Promise<Answer<typeof r.health>> {
    const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['registry', () => this.registry.ping()],
      ['warehouse', () => this.warehouse.ping()],
      ['log', () => this.log.heads('governance')],
    ];
    const checks = await Promise.all(
      parts.map(async ([name, check]) =>
        check().then(
          () => ({ name, ok: true, detail: null }),
          () => ({ name, ok: false, detail: 'does not answer' }),
        ),
      ),
    );
    return { status: checks.every(({ ok }) => ok) ? 'ok' : 'not-ready', checks, preparing: this.settings.preparing?.() ?? null };
  }

  @Handles(r.openapi)
  openapi(): Promise<Answer<typeof r.openapi>> {
    return Promise.resolve(this.document);
  }
}
