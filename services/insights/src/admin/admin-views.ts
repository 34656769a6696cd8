import { type Key, type User, type Webhook } from '@pharos/contract';
import { type Credential, type User as RegistryUser, type Webhook as RegistryWebhook } from '@pharos/registry';
import { type z } from 'zod';

const at = (date: Date | null): string | null => (date === null ? null : date.toISOString());

export function userView(user: RegistryUser): User {
  const { id, login, roles, person, locale, schools, disabled, createdAt } = user;
  return { id, login, roles: [...roles], person, locale, schools: [...schools], disabled, createdAt: createdAt.toISOString() };
}

export function keyView(key: Credential): z.output<typeof Key> {
  const { id, name, scopes, settings = {}, createdAt, revokedAt, lastSeenAt } = key;
  return {
    id, name, scopes: [...scopes], settings,
    createdAt: createdAt.toISOString(), revokedAt: at(revokedAt), lastSeenAt: at(lastSeenAt),
  }; // prettier-ignore
}

/** Without its secret: that is shown once, when the webhook is made. */
export function webhookView(hook: RegistryWebhook): z.output<typeof Webhook> {
  return { id: hook.id, url: hook.url, events: [...hook.events], active: hook.active, createdAt: hook.createdAt.toISOString() };
}
