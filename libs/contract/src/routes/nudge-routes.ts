import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { Token } from '../shapes/basics.js';
import { LearningPolicySet, NudgeConsent, NudgeEffects } from '../shapes/nudges.js';

const staff = ['counselor', 'teacher', 'analyst', 'privacy-officer', 'admin'] as const satisfies readonly Role[];

/** Words to learners: whether the tenant wants them, whether a guardian agreed, and whether they help. */
export const nudges = {
  policy: route({
    method: 'GET', path: '/policies/learning', summary: 'Streaks, badges and nudges: what the tenant allows', roles: staff, tenantScoped: true,
    responses: { 200: LearningPolicySet }, errors: [], etag: true,
  }),
  putPolicy: route({
    method: 'PUT', path: '/policies/learning', summary: 'Change what the tenant allows', roles: ['admin'], tenantScoped: true,
    body: LearningPolicySet, responses: { 200: LearningPolicySet }, errors: ['conflict', 'not-possible'],
  }),
  consent: route({
    method: 'PUT', path: '/learners/{learner}/nudge-consent', summary: 'A guardian agrees, or no longer agrees, that a learner is written to', roles: ['guardian', 'admin'], tenantScoped: true,
    params: z.object({ learner: Token }), body: NudgeConsent, responses: { 204: null }, errors: ['not-found'],
  }),
  effects: route({
    method: 'GET', path: '/nudges/effects', summary: 'Whether nudges help: those written to against those held out', roles: ['analyst', 'privacy-officer', 'admin'], tenantScoped: true,
    responses: { 200: NudgeEffects }, errors: [],
  }),
} as const; // prettier-ignore
