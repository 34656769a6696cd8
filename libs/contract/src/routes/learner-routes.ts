import { z } from 'zod';
import { namesRoles, type Role } from '../roles.js';
import { route } from '../route.js';
import { Id, LearnerName } from '../shapes/basics.js';
import { LearnerList, LearnerListQuery, LearnerProfile, RiskHistory, Timeline, TimelineQuery } from '../shapes/learner.js';
import { Reason } from '../shapes/reasons.js';

const readers = [...namesRoles, 'platform'] as const satisfies readonly Role[];
const params = z.object({ learner: LearnerName });

export const learners = {
  list: route({
    method: 'GET', path: '/learners', summary: 'Learners that the caller may see', roles: namesRoles, tenantScoped: true,
    query: LearnerListQuery, responses: { 200: LearnerList }, errors: [],
  }),
  get: route({
    method: 'GET', path: '/learners/{learner}', summary: 'One learner: classes, risk, open alert', roles: readers, tenantScoped: true,
    params, responses: { 200: LearnerProfile }, errors: ['not-found'], etag: true,
  }),
  timeline: route({
    method: 'GET', path: '/learners/{learner}/timeline', summary: 'What happened, on one time axis', roles: readers, tenantScoped: true,
    params, query: TimelineQuery, responses: { 200: Timeline }, errors: ['not-found'], etag: true,
  }),
  risk: route({
    method: 'GET', path: '/learners/{learner}/risk', summary: 'Risk through time with exact contributions', roles: readers, tenantScoped: true,
    params, query: z.object({ class: Id.optional() }), responses: { 200: RiskHistory }, errors: ['not-found'], etag: true,
  }),
  reasons: route({
    method: 'GET', path: '/learners/{learner}/reasons', summary: 'Why, in words with values', roles: readers, tenantScoped: true,
    params, responses: { 200: z.object({ items: z.array(Reason) }) }, errors: ['not-found'],
  }),
} as const; // prettier-ignore
