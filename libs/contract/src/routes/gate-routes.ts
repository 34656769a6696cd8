import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { pageQuery } from '../shapes/basics.js';
import {
  GateDecision, GateDecisions, GateQuery, InputsWatches, LendingPolicySet, ModelBorrowing, ModelCard, ModelDecision, ModelOffers, ModelStanding, Observations,
} from '../shapes/gate.js'; // prettier-ignore

const readers = ['analyst', 'counselor', 'teacher', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const params = z.object({ model: z.string().min(1).max(128) });

/** How models come into use, and what is watched while they are. */
export const gate = {
  standing: route({
    method: 'GET', path: '/gate/standing', summary: 'What serves now, and what is missing to learn more', roles: readers, tenantScoped: true,
    responses: { 200: ModelStanding }, errors: [], etag: true,
  }),
  offers: route({
    method: 'GET', path: '/gate/offers', summary: 'Models of other tenants that this one may start from', roles: ['admin'], tenantScoped: true,
    responses: { 200: ModelOffers }, errors: [], etag: true,
  }),
  borrow: route({
    method: 'POST', path: '/gate/borrowings', summary: 'Start from another tenant’s models, with a reason', roles: ['admin'], tenantScoped: true,
    body: ModelBorrowing, responses: { 200: GateDecision }, errors: ['not-found', 'conflict', 'not-possible'],
  }),
  lending: route({
    method: 'GET', path: '/policies/lending', summary: 'Which other tenants may start from this one’s models', roles: ['admin'], tenantScoped: true,
    responses: { 200: LendingPolicySet }, errors: [], etag: true,
  }),
  lend: route({
    method: 'PUT', path: '/policies/lending', summary: 'Decide which other tenants may start from this one’s models', roles: ['admin'], tenantScoped: true,
    body: LendingPolicySet, responses: { 200: LendingPolicySet }, errors: ['conflict', 'not-possible'],
  }),
  decisions: route({
    method: 'GET', path: '/gate/decisions', summary: 'Promotions and rejections with their evidence, newest first', roles: readers, tenantScoped: true,
    query: GateQuery, responses: { 200: GateDecisions }, errors: [], etag: true,
  }),
  inputs: route({
    method: 'GET', path: '/gate/inputs', summary: 'Which inputs moved before each scoring, newest first', roles: readers, tenantScoped: true,
    query: z.object(pageQuery), responses: { 200: InputsWatches }, errors: [], etag: true,
  }),
  observations: route({
    method: 'GET', path: '/gate/observations', summary: 'What was served against what happened, newest first', roles: readers, tenantScoped: true,
    query: z.object(pageQuery), responses: { 200: Observations }, errors: [], etag: true,
  }),
  card: route({
    method: 'GET', path: '/models/{model}/card', summary: 'The model card, made from facts', roles: readers, tenantScoped: true,
    params, responses: { 200: ModelCard }, errors: ['not-found'], etag: true,
  }),
  decide: route({
    method: 'POST', path: '/models/{model}/decision', summary: 'Promote or reject a model, with a reason', roles: ['admin'], tenantScoped: true,
    params, body: ModelDecision, responses: { 200: GateDecision }, errors: ['not-found', 'conflict'],
  }),
} as const; // prettier-ignore
