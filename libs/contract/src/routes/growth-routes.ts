import { z } from 'zod';
import { route } from '../route.js';
import { namesRoles, type Role } from '../roles.js';
import { Id, LearnerName, Token } from '../shapes/basics.js';
import {
  Badge, Badges, Issuer, KeptAnswers, KeptAnswersTaken, NewBadge, NewPlacement, Placement, PlacementAnswer, PublicBadge, RevokeBadge,
} from '../shapes/growth.js'; // prettier-ignore

const own = ['learner', 'guardian', 'admin'] as const satisfies readonly Role[];
const self = ['learner', 'admin'] as const satisfies readonly Role[];
const ofLearner = z.object({ learner: Token });

/** What learners can show: badges that anybody can check, milestones, and streaks that allow rest. */
export const badges = {
  list: route({
    method: 'GET', path: '/learners/{learner}/badges', summary: 'Badges, milestones and the streak of a learner', roles: [...namesRoles, 'platform'], tenantScoped: true,
    params: z.object({ learner: LearnerName }), responses: { 200: Badges }, errors: ['not-found'],
  }),
  take: route({
    method: 'POST', path: '/learners/{learner}/badges', summary: 'Takes the badge of a skill set that is mastered; from then on it can be checked at a public address', roles: own, tenantScoped: true,
    params: ofLearner, body: NewBadge, responses: { 201: Badge }, errors: ['not-found', 'not-possible', 'conflict'],
  }),
  revoke: route({
    method: 'POST', path: '/learners/{learner}/badges/{badge}/revoke', summary: 'Takes a badge back; who checks it is told', roles: ['teacher', ...own], tenantScoped: true,
    params: z.object({ ...ofLearner.shape, badge: Id }), body: RevokeBadge, responses: { 204: null }, errors: ['not-found', 'conflict'],
  }),
  issuer: route({
    method: 'GET', path: '/badges/{tenant}', summary: 'Who gives badges, with the keys to check them by', roles: 'public', tenantScoped: false,
    params: z.object({ tenant: Id }), responses: { 200: Issuer }, errors: ['not-found'],
  }),
  check: route({
    method: 'GET', path: '/badges/{tenant}/{badge}', summary: 'A badge as it was signed (Open Badges 3.0), and whether it was taken back', roles: 'public', tenantScoped: false,
    params: z.object({ tenant: Id, badge: Id }), responses: { 200: PublicBadge }, errors: ['not-found'],
  }),
} as const; // prettier-ignore

/** A short adaptive test that places a newcomer. */
export const placement = {
  get: route({
    method: 'GET', path: '/learners/{learner}/placement', summary: 'The placement test of a learner as it stands, and what it found', roles: namesRoles, tenantScoped: true,
    params: ofLearner, responses: { 200: Placement }, errors: ['not-found'],
  }),
  start: route({
    method: 'POST', path: '/learners/{learner}/placement', summary: 'Begins a placement test, or goes on with one', roles: self, tenantScoped: true,
    params: ofLearner, body: NewPlacement, responses: { 200: Placement }, errors: ['not-found', 'not-possible', 'conflict'],
  }),
  answer: route({
    method: 'POST', path: '/learners/{learner}/placement/{assessment}/answers', summary: 'Answers the item that was asked; no verdict is given on the way', roles: self, tenantScoped: true,
    params: z.object({ ...ofLearner.shape, assessment: Id }), body: PlacementAnswer, responses: { 200: Placement }, errors: ['not-found', 'not-possible', 'conflict', 'not-ready'],
  }),
} as const; // prettier-ignore

export const keptAnswers = {
  send: route({
    method: 'POST', path: '/practice/kept-answers', summary: 'Sends answers that were kept while there was no connection, as one batch', roles: ['learner'], tenantScoped: true,
    body: KeptAnswers, responses: { 200: KeptAnswersTaken }, errors: ['not-possible', 'not-ready'],
  }),
} as const; // prettier-ignore
