import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type Call, type Caller } from '../http/caller.js';
import { sessionCookie } from '../http/credentials.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { Refusal } from '../http/refusal.js';
import { type Names } from '../people/names.js';
import { type InsightsSettings } from '../settings.js';
import { timeZoneOf } from '../tenant-zone.js';
import { type Clock, CLOCK, NAMES, REGISTRY, SETTINGS } from '../tokens.js';
import { sessionView } from './session-view.js';

const r = routes.session;

/** Signing in and out. A sign-in always makes a new session, so that none can be planted. */
@Answers()
export class SessionController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(NAMES) private readonly names: Names,
    @Inject(SETTINGS) private readonly settings: InsightsSettings,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(r.signIn)
  async signIn(@Asked() { body, state }: Call<typeof r.signIn>): Promise<Answer<typeof r.signIn>> {
    const signedIn = await this.registry.signIn.signIn(body.login, body.password);
    if (!signedIn.ok && signedIn.code === 'locked') {
      const seconds = Math.max(1, Math.ceil((signedIn.until.getTime() - this.now().getTime()) / 1_000));
      throw new Refusal('locked-out', { retryAfterSeconds: seconds });
    }
    if (!signedIn.ok) throw new Refusal('sign-in-failed');
    const session = await this.registry.sessions.create(signedIn.user, this.settings.sessionTtlMs);
    state.cookie = sessionCookie(session.secret, session.expiresAt, this.settings.secureCookies);
    const caller: Caller = { ...signedIn.user, language: signedIn.user.locale, kind: 'person', scopes: [], session };
    return this.view(caller, session);
  }

  @Handles(r.signOut)
  async signOut(@Asked() { caller, state }: Call<typeof r.signOut>): Promise<undefined> {
    if (caller.session) await this.registry.sessions.end(caller.session.secret);
    state.cookie = sessionCookie('', new Date(0), this.settings.secureCookies);
  }

  @Handles(r.me)
  async me(@Asked() { caller }: Call<typeof r.me>): Promise<Answer<typeof r.me>> {
    if (!caller.session) throw new Refusal('signed-out');
    return this.view(caller, caller.session);
  }

  /** One's own name is not a reading of somebody's identity, so it makes no fact. */
  private async view(caller: Caller, session: { csrf: string; expiresAt: Date }): Promise<Answer<typeof r.me>> {
    const tenant = await this.registry.tenants.get(caller.tenant);
    const own = { identitiesRead: new Set<string>() };
    const name = caller.person === null ? null : (await this.names.ofTokens(caller, [caller.person], own)).get(caller.person)?.name;
    const learners = await this.learnersOf(caller);
    return sessionView(caller, session, { name: name ?? caller.login, timeZone: timeZoneOf(tenant), learners });
  }

  private async learnersOf(caller: Caller): Promise<readonly string[]> {
    if (caller.person === null) return [];
    const access = this.registry.tenant(caller.tenant).access;
    const self = caller.roles.includes('learner') ? await access.canonical([caller.person]) : [];
    const children = caller.roles.includes('guardian') ? await access.learnersOfGuardian(caller.person) : [];
    return [...new Set([...self, ...children])];
  }
}
