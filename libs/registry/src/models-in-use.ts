import { type TenantSql } from './tenant-sql.js';

/** The model that a tenant uses for a target now, folded from `ModelPromoted`. */
export interface ModelInUse {
  readonly target: string;
  readonly recipe: string;
  /** Hash of the learned values. */
  readonly model: string;
  readonly since: string;
  readonly by: string;
}

export interface ModelsInUse {
  get(target: string): Promise<ModelInUse | undefined>;
  list(): Promise<readonly ModelInUse[]>;
}

export function createModelsInUse(sql: TenantSql): ModelsInUse {
  return {
    async get(target) {
      const [row] = await sql.query<ModelInUse>(
        'SELECT target, recipe, model, since, by FROM models_in_use WHERE tenant = $1 AND target = $2',
        [target],
      );
      return row;
    },
    list: () => sql.query<ModelInUse>('SELECT target, recipe, model, since, by FROM models_in_use WHERE tenant = $1 ORDER BY target'),
  };
}
