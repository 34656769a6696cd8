import { type Topic } from '@pharos/facts';
import { type Clock } from '../tokens.js';
import { type Folded } from '../watermark.js';

/** What cohort figures are drawn from. */
const topics = ['statements', 'roster', 'scores'] as const satisfies readonly Topic[];

/** What a history says is known from a later day on comes into view within this time, though nothing new was folded. */
const LONGEST_MS = 60_000;

/**
 * The moment for which figures of now are asked: the same for as long as nothing was folded that could change them, so that
 * the same page asked twice asks the same questions. It is never before what is folded, nor after now.
 */
export class Present {
  private held: { readonly positions: string; readonly at: Date } | null = null;

  constructor(
    private readonly folded: () => Promise<Folded>,
    private readonly now: Clock,
  ) {}

  async moment(): Promise<Date> {
    const { positions } = await this.folded();
    const at = this.now();
    const key = JSON.stringify(topics.map((topic) => positions[topic]));
    const age = this.held ? at.getTime() - this.held.at.getTime() : Number.POSITIVE_INFINITY;
    if (this.held?.positions === key && age >= 0 && age < LONGEST_MS) return this.held.at;
    this.held = { positions: key, at };
    return at;
  }
}
