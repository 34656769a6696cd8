import { factId, type NewFact } from '@pharos/facts';
import { toOutbox } from './outbox.js';
import { type TenantDatabase } from './tenant-sql.js';

/** The model that a tenant uses for a target now, folded from `ModelPromoted`. */
export interface ModelInUse {
  readonly target: string;
  readonly recipe: string;
  /** Hash of the learned values. */
  readonly model: string;
  readonly since: string;
  readonly by: string;
}

/** A person's decision about a model. */
export interface ModelVerdict {
  readonly outcome: 'promoted' | 'rejected';
  readonly model: string;
  readonly recipe: string;
  readonly target: string;
  readonly reason: string;
  /** Who decides, and when. */
  readonly by: string;
  readonly at: string;
  /** The model in use as the person saw it; null for none. */
  readonly inUse: string | null;
  readonly evidence: unknown;
  /** Facts that the decision rests on and that are new with it; they leave before it. */
  readonly first?: readonly NewFact[];
}

export type ModelVerdictTaken = { readonly ok: true; readonly fact: NewFact } | { readonly ok: false; readonly inUse: string | null };

export interface ModelsInUse {
  get(target: string): Promise<ModelInUse | undefined>;
  list(): Promise<readonly ModelInUse[]>;
  /** Takes a person's decision, unless another model has come into use since they looked. The fact leaves by the outbox. */
  decide(verdict: ModelVerdict): Promise<ModelVerdictTaken>;
}

export function createModelsInUse(database: TenantDatabase): ModelsInUse {
  return {
    async get(target) {
      const [row] = await database.query<ModelInUse>(
        'SELECT target, recipe, model, since, by FROM models_in_use WHERE tenant = $1 AND target = $2',
        [target],
      );
      return row;
    },
    list: () => database.query<ModelInUse>('SELECT target, recipe, model, since, by FROM models_in_use WHERE tenant = $1 ORDER BY target'),
    decide: (verdict) =>
      database.transaction(async (sql): Promise<ModelVerdictTaken> => {
        const { outcome, model, recipe, target, reason, by, at, inUse, evidence, first = [] } = verdict;
        await sql.query('INSERT INTO model_decisions (tenant, target, version) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING', [target]);
        const [last] = await sql.query<{ version: number; promoted: string | null; promoted_at: string | null }>(
          'SELECT version, promoted, promoted_at FROM model_decisions WHERE tenant = $1 AND target = $2 FOR UPDATE',
          [target],
        );
        const [used] = await sql.query<{ model: string; since: string }>(
          'SELECT model, since FROM models_in_use WHERE tenant = $1 AND target = $2',
          [target],
        );
        // A promotion that the fold has not reached yet is in use all the same for whoever decides next.
        const pending = last!.promoted_at !== null && (used === undefined || used.since < last!.promoted_at);
        const present = pending ? last!.promoted : (used?.model ?? null);
        if (present !== inUse) return { ok: false, inUse: present };
        const version = last!.version + 1;
        await sql.query(
          `UPDATE model_decisions SET version = $3, promoted = CASE WHEN $4 THEN $5 ELSE promoted END,
           promoted_at = CASE WHEN $4 THEN $6 ELSE promoted_at END WHERE tenant = $1 AND target = $2`,
          [target, version, outcome === 'promoted', model, at],
        );
        const fact: NewFact = {
          id: factId('model-decision', sql.tenant, target, String(version)),
          type: outcome === 'promoted' ? 'ModelPromoted' : 'ModelRejected',
          version: 1,
          tenant: sql.tenant,
          key: model,
          occurredAt: at,
          data: { model, recipe, target, by, reason, evidence },
        };
        await toOutbox(
          sql,
          [...first, fact].map((one) => ({ entity: `models/${target}`, version, topic: 'models' as const, fact: one })),
        );
        return { ok: true, fact };
      }),
  };
}
