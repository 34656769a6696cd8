import { newId, newSecret } from './secrets.js';
import { type TenantSql } from './tenant-sql.js';

export interface Webhook {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  /** Fact types or `*`. */
  readonly events: readonly string[];
  /** Key of the signature (HMAC-SHA256), base64url. Read by the sender only; never listed to people. */
  readonly secret: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

export interface Webhooks {
  create(hook: { readonly url: string; readonly events: readonly string[] }): Promise<Webhook>;
  list(): Promise<readonly Webhook[]>;
  setActive(id: string, active: boolean): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

interface WebhookRow {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  readonly events: string[];
  readonly secret: string;
  readonly active: boolean;
  readonly created_at: Date;
}

const toWebhook = ({ created_at, ...rest }: WebhookRow): Webhook => ({ ...rest, createdAt: created_at });

export function createWebhooks(sql: TenantSql): Webhooks {
  return {
    async create({ url, events }) {
      const rows = await sql.query<WebhookRow>(
        'INSERT INTO webhooks (tenant, id, url, events, secret) VALUES ($1, $2, $3, $4, $5) RETURNING *',
        [newId(), url, events, newSecret()],
      );
      return toWebhook(rows[0]!);
    },
    async list() {
      return (await sql.query<WebhookRow>('SELECT * FROM webhooks WHERE tenant = $1 ORDER BY created_at, id')).map(toWebhook);
    },
    async setActive(id, active) {
      return (await sql.query('UPDATE webhooks SET active = $3 WHERE tenant = $1 AND id = $2 RETURNING id', [id, active])).length > 0;
    },
    async remove(id) {
      return (await sql.query('DELETE FROM webhooks WHERE tenant = $1 AND id = $2 RETURNING id', [id])).length > 0;
    },
  };
}
