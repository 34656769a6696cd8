import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { openStatuses, type Registry } from '@pharos/registry';
import { type Vault } from '@pharos/vault';
import { deadLetterCauses, notedSilences, type Warehouse } from '@pharos/warehouse';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { statementsByCredential } from '../questions/statements-by-credential.js';
import { type Clock, CLOCK, REGISTRY, VAULT, WAREHOUSE, WATERMARK } from '../tokens.js';
import { type Watermark } from '../watermark.js';

const r = routes.operations;

/** More actors than this that no roster knows are counted as this many. */
const MOST_UNKNOWN = 1_000;

/** For integrators: is data arriving, and what could not be taken. */
@Answers()
export class PlatformsController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(WATERMARK) private readonly watermark: Watermark,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(r.platforms)
  async platforms(@Asked() { caller, state }: Call<typeof r.platforms>): Promise<Answer<typeof r.platforms>> {
    state.through = await this.watermark.through();
    const tables = this.warehouse.tenant(caller.tenant);
    const own = this.registry.tenant(caller.tenant);
    const [keys, volumes, causes, silences, held, unknown] = await Promise.all([
      own.credentials.list(),
      tables.ask(statementsByCredential(this.now().toISOString()), 'dashboards'),
      tables.ask(deadLetterCauses(), 'dashboards'),
      tables.ask(notedSilences(), 'dashboards'),
      own.alertCases.counts({ held: true, statuses: openStatuses }),
      this.vault.unknownActors(caller.tenant, MOST_UNKNOWN),
    ]);
    const sent = new Map(volumes.map((row) => [row.credential, row]));
    const silent = new Map(silences.map((one) => [one.source, one.lastDay]));
    return {
      through: state.through,
      items: keys.map(({ id, name, revokedAt, lastSeenAt }) => ({
        credential: id,
        name,
        revoked: revokedAt !== null,
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
        lastStatementAt: sent.get(id)?.lastAt ?? null,
        statements: sent.get(id)?.statements ?? 0,
        statementsLastDay: sent.get(id)?.lastDay ?? 0,
        silentSince: silent.get(id) ?? null,
      })),
      errors: causes.map(({ source, step, count, lastAt, example }) => ({ source, step, reason: example, count, lastAt, example })),
      heldAlerts: held.open + held.acknowledged + held.contested + held.snoozed,
      unknownActors: unknown.length,
    };
  }
}
