import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { Id } from '../shapes/basics.js';
import { ForwardChange, ForwardTarget, ForwardTargets, NewForward } from '../shapes/forwards.js';
import {
  FindingExample, PlatformsLive, StatementDetail, StatementListQuery, StatementQuery, StatementRows,
} from '../shapes/platforms.js'; // prettier-ignore

const admin = ['admin'] as const satisfies readonly Role[];

export const platforms = {
  live: route({
    method: 'GET', path: '/platforms/live', summary: 'What came in the last hour, and what platforms get wrong', roles: admin, tenantScoped: true,
    responses: { 200: PlatformsLive }, errors: [],
  }),
  example: route({
    method: 'GET', path: '/platforms/{credential}/findings/{finding}', summary: 'What was wrong, as it was sent; that it was opened is recorded',
    roles: admin, tenantScoped: true, params: z.object({ credential: Id, finding: Id }), responses: { 200: FindingExample }, errors: ['not-found'],
  }),
  clear: route({
    method: 'DELETE', path: '/platforms/{credential}/findings', summary: 'Count anew what a platform gets wrong', roles: admin, tenantScoped: true,
    params: z.object({ credential: Id }), responses: { 204: null }, errors: ['not-found'],
  }),
} as const; // prettier-ignore

export const forwards = {
  list: route({
    method: 'GET', path: '/forwards', summary: 'Where statements are sent on to, and how that goes', roles: admin, tenantScoped: true,
    responses: { 200: ForwardTargets }, errors: [],
  }),
  create: route({
    method: 'POST', path: '/forwards', summary: 'Send statements on to another record store or a webhook', roles: admin, tenantScoped: true,
    body: NewForward, responses: { 201: ForwardTarget }, errors: [],
  }),
  change: route({
    method: 'PATCH', path: '/forwards/{id}', summary: 'Pause a target, or go on where it was', roles: admin, tenantScoped: true,
    params: z.object({ id: Id }), body: ForwardChange, responses: { 200: ForwardTarget }, errors: ['not-found'],
  }),
  remove: route({
    method: 'DELETE', path: '/forwards/{id}', summary: 'Forget a target and how far it was', roles: admin, tenantScoped: true,
    params: z.object({ id: Id }), responses: { 204: null }, errors: ['not-found'],
  }),
} as const; // prettier-ignore

export const statements = {
  list: route({
    method: 'GET', path: '/statements', summary: 'What platforms sent, the latest first', roles: admin, tenantScoped: true,
    query: StatementListQuery, responses: { 200: StatementRows }, errors: [],
  }),
  get: route({
    method: 'GET', path: '/statements/{statement}', summary: 'A statement, and what was made of it', roles: admin, tenantScoped: true,
    params: z.object({ statement: z.uuid() }), query: StatementQuery, responses: { 200: StatementDetail }, errors: ['not-found'],
  }),
} as const; // prettier-ignore
