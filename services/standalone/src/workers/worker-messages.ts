/** What the main thread and its workers tell each other. */
export type ToWorker =
  | { readonly type: 'stop' }
  | { readonly type: 'run'; readonly id: number; readonly job: string; readonly tenant: string; readonly asOf: string };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'stopped' }
  | {
      readonly type: 'ran';
      readonly id: number;
      readonly outcome: string;
      readonly reason: string | null;
      readonly counts: Readonly<Record<string, number>>;
    };
