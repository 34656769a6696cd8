import { createHash } from 'node:crypto';
import { type Question, render, topicsRead, type Warehouse } from '@pharos/warehouse';
import { type Clock } from '../tokens.js';
import { type Folded } from '../watermark.js';

/** All kept answers together hold about so many bytes; the one that was not asked for the longest goes first. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Objects in memory against their JSON: measured between two and four times as large. */
const BYTES_PER_CHARACTER = 4;

/** A rebuild by a newer release may fold the same positions into other rows: after this time they show in any case. */
const LONGEST_MS = 600_000;

interface Kept {
  readonly answers: Promise<readonly unknown[]>;
  readonly at: number;
  bytes: number;
}

/**
 * Answers about cohorts, kept for as long as the tables that they were drawn from stand where they stood: the key holds the
 * tenant, the question, its values, and how far each topic that it reads was folded. What is folded later has another key,
 * so an answer is never older than the positions that go with it, and nothing has to be thrown away in time.
 *
 * Two who ask the same at once share one question.
 */
export class KeptAnswers {
  /** In the order in which they were asked for, the oldest first. */
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  constructor(
    private readonly warehouse: Warehouse,
    private readonly folded: () => Promise<Folded>,
    private readonly now: Clock,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  async ask<Answer>(tenant: string, question: Question<Answer>): Promise<readonly Answer[]> {
    const key = keyOf(tenant, question, await this.folded());
    const at = this.now().getTime();
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      if (Math.abs(at - known.at) < LONGEST_MS) {
        this.kept.set(key, known);
        return known.answers as Promise<readonly Answer[]>;
      }
      this.bytes -= known.bytes;
    }
    const answers = this.warehouse.tenant(tenant).ask(question, 'dashboards');
    const fresh: Kept = { answers, at, bytes: 0 };
    this.kept.set(key, fresh);
    try {
      this.measure(key, fresh, await answers);
    } catch (error) {
      if (this.kept.get(key) === fresh) this.kept.delete(key);
      throw error;
    }
    return answers;
  }

  /** Counts an answer that has come in, and lets go of the oldest ones where all are too large together. */
  private measure(key: string, fresh: Kept, answers: readonly unknown[]): void {
    if (this.kept.get(key) !== fresh) return;
    fresh.bytes = JSON.stringify(answers).length * BYTES_PER_CHARACTER;
    this.bytes += fresh.bytes;
    for (const [oldest, { bytes }] of this.kept) {
      if (this.bytes <= this.mostBytes) return;
      this.kept.delete(oldest);
      this.bytes -= bytes;
    }
  }
}

/** A digest, because questions are long texts. */
function keyOf(tenant: string, question: Question<unknown>, { positions }: Folded): string {
  const { text, params } = render(question.sql);
  const folded = topicsRead(question).map((topic) => [topic, positions[topic]]);
  return createHash('sha256').update(JSON.stringify([tenant, question.name, text, params, folded])).digest('base64');
}
