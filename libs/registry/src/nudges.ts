import { type FactNamed } from '@pharos/facts';
import { type TenantSql } from './tenant-sql.js';

/** A nudge as it was decided, sent or held back. */
export interface DecidedNudge {
  readonly learner: string;
  readonly at: string;
  readonly reason: FactNamed<'NudgeDecided'>['data']['reason'];
  readonly heldOut: boolean;
}

/** Nudges of many learners at once: lists of single records would be read a thousand at a time. */
export interface NudgeTables {
  /** Decided after a moment, oldest first. */
  since(moment: string): Promise<readonly DecidedNudge[]>;
  /** The first that was ever decided for each learner, if that was before a moment. */
  firsts(before: string): Promise<readonly DecidedNudge[]>;
}

interface NudgeRow {
  readonly learner: string;
  readonly opened_at: Date;
  readonly reason: DecidedNudge['reason'];
  readonly held_out: boolean;
}

const columns = `learner, opened_at, state -> 'data' ->> 'reason' AS reason, (state -> 'data' ->> 'heldOut')::boolean AS held_out`;
const toNudge = ({ learner, opened_at, reason, held_out }: NudgeRow): DecidedNudge => ({
  learner,
  at: opened_at.toISOString(),
  reason,
  heldOut: held_out,
});

export function createNudgeTables(sql: Pick<TenantSql, 'query'>): NudgeTables {
  return {
    async since(moment) {
      const rows = await sql.query<NudgeRow>(
        `SELECT ${columns} FROM learning_records WHERE tenant = $1 AND kind = 'nudge' AND opened_at > $2 ORDER BY opened_at, id`,
        [moment],
      );
      return rows.map(toNudge);
    },
    async firsts(before) {
      const rows = await sql.query<NudgeRow>(
        `SELECT * FROM (SELECT DISTINCT ON (learner) ${columns} FROM learning_records WHERE tenant = $1 AND kind = 'nudge'
           ORDER BY learner, opened_at, id) firsts WHERE opened_at < $2 ORDER BY learner`,
        [before],
      );
      return rows.map(toNudge);
    },
  };
} // prettier-ignore
