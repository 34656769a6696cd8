import { newId } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

export type DeliveryChannel = 'webhook' | 'mail' | 'digest';

/** A learner's level in a skill changed. The learner by the token that every address takes; the level null where no answer is left. */
export interface LevelTold {
  readonly learner: string;
  readonly skill: string;
  readonly level: string | null;
  readonly asOf: string;
}

/** A learner is written to, and why. No identity; the learner by the token. */
export interface NudgeTold {
  readonly nudge: string;
  readonly learner: string;
  readonly reason: string;
}

/** One alert, one concern about a model, or one silence of a source, on its way to one target. Unique by (alert, channel, target, raise), so that it is never made twice. */
export interface AlertDelivery {
  readonly id: string;
  readonly tenant: string;
  /** Id of the alert; of the fact that says so where it is about a model or a source; of the nudge or of the teacher's letter. */
  readonly alert: string;
  readonly about: 'alert' | 'model' | 'source' | 'level' | 'nudge' | 'letter';
  /** What is told of a level or by a nudge; null for everything else. */
  readonly told: LevelTold | NudgeTold | null;
  readonly channel: DeliveryChannel;
  /** Webhook id, or token of the person to write to. */
  readonly target: string;
  /** Which raise of the alert: 1, and one more with each reopening. */
  readonly raise: number;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  readonly deliveredAt: Date | null;
  /** Given up: no attempt is left. */
  readonly abandonedAt: Date | null;
  readonly lastError: string | null;
}

export interface AlertDeliveries {
  /** Plans a delivery; false when it was planned before. */
  plan(
    delivery: Pick<AlertDelivery, 'alert' | 'channel' | 'target' | 'raise' | 'nextAttemptAt'> &
      Partial<Pick<AlertDelivery, 'about' | 'told'>>,
  ): Promise<boolean>;
  /**
   * Takes due deliveries for sending: they are not due again before `leaseMs` has passed, so that two senders do not
   * send the same one. Counts as an attempt.
   */
  takeDue(now: Date, limit: number, leaseMs: number): Promise<readonly AlertDelivery[]>;
  delivered(id: string, at: Date): Promise<void>;
  /** Notes a failure; with `nextAttemptAt` null it is given up. */
  failed(id: string, error: string, nextAttemptAt: Date | null): Promise<void>;
  ofAlert(alert: string): Promise<readonly AlertDelivery[]>;
}

interface DeliveryRow {
  readonly id: string;
  readonly tenant: string;
  readonly alert: string;
  readonly about: AlertDelivery['about'];
  readonly told: AlertDelivery['told'];
  readonly channel: DeliveryChannel;
  readonly target: string;
  readonly raise: number;
  readonly attempts: number;
  readonly next_attempt_at: Date;
  readonly delivered_at: Date | null;
  readonly abandoned_at: Date | null;
  readonly last_error: string | null;
}

const toDelivery = (row: DeliveryRow): AlertDelivery => ({
  id: row.id,
  tenant: row.tenant,
  alert: row.alert,
  // Levels came before the column knew of others.
  about: row.about === 'alert' && row.told !== null ? 'level' : row.about,
  told: row.told,
  channel: row.channel,
  target: row.target,
  raise: row.raise,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at,
  deliveredAt: row.delivered_at,
  abandonedAt: row.abandoned_at,
  lastError: row.last_error,
});

export function createDeliveries(sql: TenantSql, now: () => Date): AlertDeliveries {
  return {
    async plan({ alert, about = 'alert', told = null, channel, target, raise, nextAttemptAt }) {
      const rows = await sql.query(
        `INSERT INTO deliveries (tenant, id, alert, channel, target, raise, next_attempt_at, about, told) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (tenant, alert, channel, target, raise) DO NOTHING RETURNING id`,
        [
          newId(),
          alert,
          channel,
          target,
          raise,
          nextAttemptAt,
          about === 'level' ? 'alert' : about,
          told === null ? null : JSON.stringify(told),
        ],
      );
      return rows.length > 0;
    },
    async takeDue(moment, limit, leaseMs) {
      // SKIP LOCKED: two senders who ask at once are given different ones.
      const rows = await sql.query<DeliveryRow>(
        `UPDATE deliveries SET attempts = attempts + 1, next_attempt_at = $4
         WHERE tenant = $1 AND id IN (
           SELECT id FROM deliveries WHERE tenant = $1 AND next_attempt_at <= $2 AND delivered_at IS NULL AND abandoned_at IS NULL
           ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [moment, limit, new Date(moment.getTime() + leaseMs)],
      );
      return rows.map(toDelivery);
    },
    async delivered(id, at) {
      await sql.query('UPDATE deliveries SET delivered_at = coalesce(delivered_at, $3), last_error = NULL WHERE tenant = $1 AND id = $2', [
        id,
        at,
      ]);
    },
    async failed(id, error, nextAttemptAt) {
      await sql.query(
        `UPDATE deliveries SET last_error = $3, next_attempt_at = coalesce($4, next_attempt_at),
           abandoned_at = CASE WHEN $4::timestamptz IS NULL THEN $5::timestamptz END
         WHERE tenant = $1 AND id = $2 AND delivered_at IS NULL`,
        [id, error, nextAttemptAt, now()],
      );
    },
    async ofAlert(alert) {
      const rows = await sql.query<DeliveryRow>(
        'SELECT * FROM deliveries WHERE tenant = $1 AND alert = $2 ORDER BY raise, channel, target',
        [alert],
      );
      return rows.map(toDelivery);
    },
  };
}
