export interface ImportRun {
  readonly id: string;
  readonly tenant: string;
  /** `oulad`, `xapi`, `oneroster`... */
  readonly kind: string;
  readonly file: string;
  /** SHA-256 of the file, so that a second import of it is recognised. */
  readonly hash: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: 'ok' | 'failed' | null;
  readonly progress: Readonly<Record<string, number>>;
  readonly summary: Readonly<Record<string, unknown>> | null;
}

export interface Imports {
  start(run: { readonly kind: string; readonly file: string; readonly hash: string }): Promise<ImportRun>;
  progress(id: string, progress: Readonly<Record<string, number>>): Promise<void>;
  finish(id: string, end: { readonly outcome: 'ok' | 'failed'; readonly summary: Readonly<Record<string, unknown>> }): Promise<ImportRun>;
  /** The last import of this file that ended well. */
  findDone(kind: string, hash: string): Promise<ImportRun | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<readonly ImportRun[]>;
}
