import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Credentials, type CredentialSettings, type Registry, type UserChange } from '@pharos/registry';
import { type Call, type Caller } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { notFound, Refusal } from '../http/refusal.js';
import { REGISTRY } from '../tokens.js';
import { keyView, userView } from './admin-views.js';

const r = routes.users;
const k = routes.keys;

/** What was left out of a change stays as it is. */
const given = <Change extends object>(change: Change): { [Key in keyof Change]?: Exclude<Change[Key], undefined> } =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never;

/** Who can sign in, and which platforms have keys. */
@Answers()
export class UsersController {
  constructor(@Inject(REGISTRY) private readonly registry: Registry) {}

  private of(caller: Caller) {
    return this.registry.tenant(caller.tenant);
  }

  @Handles(r.list)
  async list(@Asked() { caller }: Call<typeof r.list>): Promise<Answer<typeof r.list>> {
    return { items: (await this.of(caller).users.list()).map(userView) };
  }

  @Handles(r.create)
  async create(@Asked() { caller, body }: Call<typeof r.create>): Promise<Answer<typeof r.create>> {
    const created = await this.of(caller).users.create(body);
    if (!created.ok) throw new Refusal('not-possible', { detail: created.reason });
    return userView(created.user);
  }

  @Handles(r.change)
  async change(@Asked() { caller, params, body }: Call<typeof r.change>): Promise<Answer<typeof r.change>> {
    const user = await this.of(caller).users.change(params.id, given(body) satisfies UserChange);
    if (!user) throw notFound();
    return userView(user);
  }

  @Handles(r.setPassword)
  async setPassword(@Asked() { caller, params, body }: Call<typeof r.setPassword>): Promise<undefined> {
    const set = await this.of(caller).users.setPassword(params.id, body.password);
    if (!set.ok) throw set.code === 'unknown' ? notFound() : new Refusal('not-possible', { detail: set.reason });
  }

  @Handles(k.list)
  async keys(@Asked() { caller }: Call<typeof k.list>): Promise<Answer<typeof k.list>> {
    return { items: (await this.of(caller).credentials.list()).map(keyView) };
  }

  @Handles(k.create)
  async createKey(@Asked() { caller, body }: Call<typeof k.create>): Promise<Answer<typeof k.create>> {
    const { credential, secret } = await this.of(caller).credentials.create(
      { ...body, settings: (body.settings ?? {}) as CredentialSettings },
      caller.id,
    );
    return { ...keyView(credential), secret };
  }

  @Handles(k.change)
  async changeKey(@Asked() { caller, params, body }: Call<typeof k.change>): Promise<Answer<typeof k.change>> {
    const changed = await this.of(caller).credentials.change(params.id, given(body) as Parameters<Credentials['change']>[1], caller.id);
    if (!changed) throw notFound();
    return keyView(changed);
  }

  @Handles(k.revoke)
  async revoke(@Asked() { caller, params }: Call<typeof k.revoke>): Promise<undefined> {
    if (!(await this.of(caller).credentials.revoke(params.id, caller.id))) throw notFound();
  }
}
