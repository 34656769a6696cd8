import { type FindingCause, type FindingSeen, type PlatformFindings } from '@pharos/registry';
import { type Vault } from '@pharos/vault';

export interface FindingsOptions {
  /** `(tenant) => registry.tenant(tenant).findings` */
  readonly store: (tenant: string) => Pick<PlatformFindings, 'add'>;
  readonly vault: Pick<Vault, 'sealForTenant'>;
  readonly now: () => Date;
  /** Hears of counts that could not be written; they are kept and written with the next ones. */
  readonly onError: (error: unknown) => void;
  /** How often counts are written; default 2,000 ms. */
  readonly everyMs?: number;
}

/** What was noticed, and what it was noticed in. */
export interface Noticed extends FindingCause {
  readonly body?: unknown;
}

interface Counted extends FindingCause {
  count: number;
  at: Date;
  body: unknown;
}

/** Causes between two writes. A sender that makes up names faster than that is not worth more memory. */
const MOST_WAITING = 1_000;
const LONGEST_TEXT = 300;
const LONGEST_EXAMPLE = 20_000;

/**
 * Counts what each platform gets wrong, in memory, and writes the counts every few seconds: no request waits for them.
 *
 * A process that is killed loses the counts of its last seconds, which nothing is derived from. Examples may name people:
 * they are sealed before they leave this process, one a cause and write.
 */
export class Findings {
  private waiting = new Map<string, Map<string, Counted>>();
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: FindingsOptions) {
    this.timer = setInterval(() => void this.flush(), options.everyMs ?? 2_000);
    this.timer.unref();
  }

  note(tenant: string, { body, ...cause }: Noticed): void {
    const path = cause.path.replaceAll(/\[\d+\]\.?/g, (found) => (found.endsWith('.') ? '[].' : '[]')).slice(0, LONGEST_TEXT);
    const message = cause.message.slice(0, LONGEST_TEXT);
    const ofTenant = this.waiting.get(tenant) ?? new Map<string, Counted>();
    this.waiting.set(tenant, ofTenant);
    const key = JSON.stringify([cause.credential, cause.kind, cause.status, path, message]);
    const known = ofTenant.get(key);
    if (known) {
      known.count += 1;
      known.at = this.options.now();
      known.body = body ?? known.body;
    } else if (ofTenant.size < MOST_WAITING) {
      ofTenant.set(key, { ...cause, path, message, body, count: 1, at: this.options.now() });
    }
  }

  /** Writes what was counted until now. Never throws: what could not be written is kept. */
  flush(): Promise<void> {
    return (this.writing = this.writing.then(() => this.write()));
  }

  /** Writes what is left, and no more. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async write(): Promise<void> {
    const taken = this.waiting;
    this.waiting = new Map();
    for (const [tenant, causes] of taken) {
      try {
        await this.options.store(tenant).add(await this.sealed(tenant, [...causes.values()]));
      } catch (error) {
        this.options.onError(error);
        this.keep(tenant, causes);
      }
    }
  }

  private keep(tenant: string, causes: ReadonlyMap<string, Counted>): void {
    const newer = this.waiting.get(tenant);
    const kept = new Map(causes);
    for (const [key, one] of newer ?? []) kept.set(key, { ...one, count: one.count + (causes.get(key)?.count ?? 0) });
    this.waiting.set(tenant, kept);
  }

  private sealed(tenant: string, causes: readonly Counted[]): Promise<readonly FindingSeen[]> {
    return Promise.all(
      causes.map(async ({ body, ...seen }) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const example = text === undefined ? null : await this.options.vault.sealForTenant(tenant, text.slice(0, LONGEST_EXAMPLE));
        return { ...seen, example };
      }),
    );
  }
}
