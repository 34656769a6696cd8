import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import {
  AlertPolicySet, CreatedKey, CreatedWebhook, Interventions, Key, KeyChange, Keys, NewKey, NewUser, NewWebhook, PolicyQuery, User, UserChange, Users, Webhooks,
} from '../shapes/admin.js'; // prettier-ignore
import { Id } from '../shapes/basics.js';

const admin = ['admin'] as const satisfies readonly Role[];
const staff = ['counselor', 'teacher', 'analyst', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const id = z.object({ id: Id });

export const catalogue = {
  get: route({
    method: 'GET', path: '/interventions', summary: 'The next steps that can be suggested', roles: staff, tenantScoped: true,
    responses: { 200: Interventions }, errors: [], etag: true,
  }),
  put: route({
    method: 'PUT', path: '/interventions', summary: 'Change the next steps', roles: admin, tenantScoped: true,
    body: Interventions, responses: { 200: Interventions }, errors: ['conflict', 'not-possible'],
  }),
} as const; // prettier-ignore

export const policy = {
  get: route({
    method: 'GET', path: '/policies/alerts', summary: 'When alerts are raised, due and closed', roles: staff, tenantScoped: true,
    query: PolicyQuery, responses: { 200: AlertPolicySet }, errors: [], etag: true,
  }),
  put: route({
    method: 'PUT', path: '/policies/alerts', summary: 'Change the policy of the tenant or of one school', roles: admin, tenantScoped: true,
    query: PolicyQuery, body: AlertPolicySet, responses: { 200: AlertPolicySet }, errors: ['conflict', 'not-possible'],
  }),
} as const; // prettier-ignore

export const webhooks = {
  list: route({
    method: 'GET', path: '/webhooks', summary: 'Where alerts are sent', roles: admin, tenantScoped: true,
    responses: { 200: Webhooks }, errors: [],
  }),
  create: route({
    method: 'POST', path: '/webhooks', summary: 'Send alerts to an address; the secret is shown once', roles: admin, tenantScoped: true,
    body: NewWebhook, responses: { 201: CreatedWebhook }, errors: [],
  }),
  remove: route({
    method: 'DELETE', path: '/webhooks/{id}', summary: 'Send no more there', roles: admin, tenantScoped: true,
    params: id, responses: { 204: null }, errors: ['not-found'],
  }),
} as const; // prettier-ignore

export const users = {
  list: route({
    method: 'GET', path: '/users', summary: 'Who can sign in', roles: admin, tenantScoped: true, responses: { 200: Users }, errors: [],
  }),
  create: route({
    method: 'POST', path: '/users', summary: 'Let somebody sign in', roles: admin, tenantScoped: true,
    body: NewUser, responses: { 201: User }, errors: ['not-possible'],
  }),
  change: route({
    method: 'PATCH', path: '/users/{id}', summary: 'Change roles, schools, or shut out', roles: admin, tenantScoped: true,
    params: id, body: UserChange, responses: { 200: User }, errors: ['not-found'],
  }),
  setPassword: route({
    method: 'PUT', path: '/users/{id}/password', summary: 'Set a password; ends the user’s sessions', roles: admin, tenantScoped: true,
    params: id, body: z.object({ password: z.string().min(10).max(1_000) }), responses: { 204: null }, errors: ['not-found', 'not-possible'],
  }),
} as const; // prettier-ignore

export const keys = {
  list: route({
    method: 'GET', path: '/keys', summary: 'Keys of platforms', roles: admin, tenantScoped: true, responses: { 200: Keys }, errors: [],
  }),
  create: route({
    method: 'POST', path: '/keys', summary: 'A key for a platform; its secret is shown once', roles: admin, tenantScoped: true,
    body: NewKey, responses: { 201: CreatedKey }, errors: [],
  }),
  change: route({
    method: 'PATCH', path: '/keys/{id}', summary: 'Change name, scopes and settings of a key; its secret stays', roles: admin, tenantScoped: true,
    params: id, body: KeyChange, responses: { 200: Key }, errors: ['not-found'],
  }),
  revoke: route({
    method: 'DELETE', path: '/keys/{id}', summary: 'Take a key out of force', roles: admin, tenantScoped: true,
    params: id, responses: { 204: null }, errors: ['not-found'],
  }),
} as const; // prettier-ignore
