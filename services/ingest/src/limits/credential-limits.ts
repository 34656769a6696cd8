import { type Credential } from '@pharos/registry';
import { TokenBucket } from './token-bucket.js';

const KINDS = ['requestsPerSecond', 'bytesPerSecond', 'statementsPerSecond'] as const;
type Kind = (typeof KINDS)[number];
type Buckets = Readonly<Partial<Record<Kind, TokenBucket>>>;

interface Kept {
  /** The limits as text: buckets are made anew when somebody changed them. */
  readonly limits: string;
  readonly buckets: Buckets;
}

/**
 * What credentials may send a second, by the limits in their settings; a credential without limits is trusted.
 *
 * Counted in this process: with several doors, each counts what comes to it.
 */
export class CredentialLimits {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** @returns 0 where it may pass, else milliseconds until it may be tried again */
  take(credential: Pick<Credential, 'id' | 'tenant' | 'settings'>, kind: Kind, amount: number): number {
    if (credential.settings?.limits === undefined || amount === 0) return 0;
    return this.bucketsOf(credential)[kind]?.take(amount) ?? 0;
  }

  private bucketsOf({ id, tenant, settings }: Pick<Credential, 'id' | 'tenant' | 'settings'>): Buckets {
    const key = `${tenant}/${id}`;
    const limits = JSON.stringify(settings?.limits ?? {});
    const known = this.kept.get(key);
    if (known?.limits === limits) return known.buckets;
    const entries = KINDS.flatMap((kind) => {
      const perSecond = settings?.limits?.[kind];
      return perSecond === undefined ? [] : [[kind, new TokenBucket(perSecond, this.nowMs)] as const];
    });
    const buckets: Buckets = Object.fromEntries(entries);
    this.kept.set(key, { limits, buckets });
    return buckets;
  }
}
