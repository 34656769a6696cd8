export type DeliveryChannel = 'webhook' | 'mail' | 'digest';

/** One alert on its way to one target. Unique by (alert, channel, target, raise), so that it is never made twice. */
export interface AlertDelivery {
  readonly id: string;
  readonly tenant: string;
  readonly alert: string;
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
  plan(delivery: Pick<AlertDelivery, 'alert' | 'channel' | 'target' | 'raise' | 'nextAttemptAt'>): Promise<boolean>;
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
