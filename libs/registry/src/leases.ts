export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder. What is written under a lease carries it, so that a paused holder cannot win. */
  readonly fence: number;
  readonly expiresAt: Date;
}

export interface Leases {
  /** The lease if it is free, expired, or already this holder's; undefined while another holds it. Times are the database's. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** Prolongs; undefined when it was lost (its fence is no longer the latest, or it expired and was taken). */
  renew(lease: Lease, ttlMs: number): Promise<Lease | undefined>;
  /** Gives the lease back. Does nothing when it was lost. */
  release(lease: Lease): Promise<void>;
}
