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
