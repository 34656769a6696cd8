/** What an import has done so far. Facts that were there already are `known`. */
export interface Tally {
  readonly appended: number;
  readonly known: number;
  readonly deadLetters: number;
}

export interface Progress extends Tally {
  /** What is being read: a table or a file. */
  readonly stage: string;
  /** Rows or lines read of this stage. */
  readonly rows: number;
}

export type OnProgress = (progress: Progress) => void;

/** What an import tells of itself as it goes on. */
export interface Counting {
  begin(stage: string): void;
  read(rows: number): void;
  add(counts: Partial<Tally>): void;
}

/** Counts, and tells whoever shows a progress bar after each batch. */
export class Counter implements Counting {
  private counts = { appended: 0, known: 0, deadLetters: 0 };
  private stage = '';
  private rows = 0;

  constructor(private readonly onProgress: OnProgress = () => undefined) {}

  begin(stage: string): void {
    this.stage = stage;
    this.rows = 0;
  }

  read(rows: number): void {
    this.rows += rows;
    this.onProgress({ stage: this.stage, rows: this.rows, ...this.counts });
  }

  add(counts: Partial<Tally>): void {
    this.counts.appended += counts.appended ?? 0;
    this.counts.known += counts.known ?? 0;
    this.counts.deadLetters += counts.deadLetters ?? 0;
  }

  tally(): Tally {
    return { ...this.counts };
  }
}
