import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type EventLog } from '@pharos/event-log';
import { type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { arrivalsByMinute, type Warehouse } from '@pharos/warehouse';
import { credentialKey } from '@pharos/xapi';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound } from '../http/refusal.js';
import { identityRead } from '../people/identity-read.js';
import { type Clock, CLOCK, LOG, REGISTRY, VAULT, WAREHOUSE, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';

const p = routes.platforms;
const MINUTES = 60;
const MINUTE_MS = 60_000;

/** What comes in now, and what platforms get wrong. Cheap enough to be asked every few seconds. */
@Answers()
export class LivePlatformsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(LOG) private readonly log: EventLog,
    @Inject(WATERMARK) private readonly watermark: Watermark,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(p.live)
  async live(@Asked() { caller, state }: Call<typeof p.live>): Promise<Answer<typeof p.live>> {
    state.through = await this.watermark.through();
    const own = this.registry.tenant(caller.tenant);
    const keys = (await own.credentials.list()).map(({ id }) => id);
    const first = Math.floor(this.now().getTime() / MINUTE_MS) - (MINUTES - 1);
    const since = new Date(first * MINUTE_MS).toISOString();
    const [arrived, findings] = await Promise.all([
      this.warehouse.tenant(caller.tenant).ask(arrivalsByMinute(keys.map(credentialKey), since), 'dashboards'),
      own.findings.list(),
    ]);
    const items = keys.map((credential) => {
      const minutes = Array.from({ length: MINUTES }, () => 0);
      let lastStatementAt: string | null = null;
      for (const row of arrived) {
        if (row.key !== credentialKey(credential)) continue;
        // A statement of a log whose clock runs ahead counts in the minute that runs now.
        minutes[Math.min(Date.parse(row.minute) / MINUTE_MS - first, MINUTES - 1)]! += row.statements;
        if (lastStatementAt === null || row.lastAt > lastStatementAt) lastStatementAt = row.lastAt;
      }
      return { credential, lastStatementAt, minutes };
    });
    return {
      through: state.through,
      items,
      findings: findings.map(({ firstAt, lastAt, ...one }) => ({ ...one, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() })),
    };
  }

  @Handles(p.example)
  async example(@Asked() { caller, params }: Call<typeof p.example>): Promise<Answer<typeof p.example>> {
    const sealed = await this.registry.tenant(caller.tenant).findings.example(params.credential, params.finding);
    if (sealed === undefined) throw notFound();
    // It may name anybody, so whose identities were read cannot be told; that it was opened can.
    await this.log.append([identityRead(caller.tenant, caller.id, [], `example ${params.credential}/${params.finding}`, this.now())]);
    return { text: await this.vault.unsealForTenant(caller.tenant, sealed) };
  }

  @Handles(p.clear)
  async clear(@Asked() { caller, params }: Call<typeof p.clear>): Promise<undefined> {
    if ((await this.registry.tenant(caller.tenant).findings.clear(params.credential)) === 0) throw notFound();
  }
}
