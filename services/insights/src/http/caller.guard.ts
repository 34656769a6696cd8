import { randomUUID } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Locale } from '@pharos/contract';
import { type Registry } from '@pharos/registry';
import { type FastifyReply } from 'fastify';
import { mayCall } from '../rules/rules.js';
import { type InsightsSettings } from '../settings.js';
import { REGISTRY, SETTINGS } from '../tokens.js';
import { type Caller, type PharosRequest } from './caller.js';
import { type Shown, shownBy } from './credentials.js';
import { fromOtherSite, fromThePage } from './csrf.js';
import { languageAsked } from './language.js';
import { parseCall } from './parse-call.js';
import { Refusal } from './refusal.js';
import { ROUTE, type RouteMetadata } from './route-metadata.js';

/** Finds out who calls, whether they may, and what they ask. In that order, so that nobody learns shapes they may not use. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(SETTINGS) private readonly settings: InsightsSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PharosRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { name, route } = this.reflector.get<RouteMetadata>(ROUTE, context.getHandler());
    const requestId = randomUUID();
    reply.header('x-request-id', requestId);
    const caller = await this.callerOf(shownBy(request.headers), languageAsked(request.headers['accept-language']));
    const state = { requestId, name, route, caller, identitiesRead: new Set<string>(), through: null, cookie: null };
    request.pharos = { ...state, asked: { params: undefined, query: undefined, body: undefined } };
    const changes = route.method !== 'GET';
    if (route.roles === 'public') {
      if (changes && fromOtherSite(request.headers, this.settings.publicUrl)) throw new Refusal('csrf-missing');
    } else {
      if (!caller) throw new Refusal('signed-out');
      if (!mayCall(caller, route)) throw new Refusal('not-allowed');
      if (changes && caller.session && !fromThePage(request.headers, caller.session.csrf, this.settings.publicUrl))
        throw new Refusal('csrf-missing');
    }
    const parsed = parseCall(route, request);
    if (!parsed.ok) throw new Refusal('bad-request', { errors: parsed.errors });
    request.pharos = { ...state, asked: parsed };
    return true;
  }

  private async callerOf(shown: Shown, language: Locale | undefined): Promise<Caller | null> {
    if (shown?.by === 'cookie') {
      const session = await this.registry.sessions.find(shown.secret);
      if (!session) return null;
      const { user, csrf, expiresAt } = session;
      return { ...user, language: language ?? user.locale, kind: 'person', scopes: [], session: { secret: shown.secret, csrf, expiresAt } };
    }
    if (shown?.by === 'key') {
      const key = await this.registry.credentialCheck.verify(shown.id, shown.secret);
      if (!key) return null;
      const { id, tenant, name, scopes } = key;
      return {
        kind: 'platform',
        tenant,
        id,
        login: name,
        person: null,
        roles: ['platform'],
        schools: [],
        scopes,
        locale: 'en',
        language: language ?? 'en',
        session: null,
      };
    }
    return null;
  }
}
