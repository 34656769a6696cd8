import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { Colleagues } from '../shapes/admin.js';
import { ActionDone, actions, AlertDetail, AlertStep } from '../shapes/alerts.js';
import { Id } from '../shapes/basics.js';
import { Caseload, CaseloadQuery } from '../shapes/caseload.js';

const actors = ['counselor', 'admin'] as const satisfies readonly Role[];
const readers = ['counselor', 'teacher', 'admin'] as const satisfies readonly Role[];
const params = z.object({ alert: Id });
const responses = { 200: ActionDone } as const;
const refusals = ['not-found', 'conflict', 'not-possible'] as const;

export const caseload = {
  list: route({
    method: 'GET', path: '/caseload', summary: 'Who needs me this week, and why', roles: actors, tenantScoped: true,
    query: CaseloadQuery, responses: { 200: Caseload }, errors: [], etag: true,
  }),
  colleagues: route({
    method: 'GET', path: '/colleagues', summary: 'Whom an alert can be assigned to', roles: actors, tenantScoped: true,
    responses: { 200: Colleagues }, errors: [],
  }),
} as const; // prettier-ignore

export const alerts = {
  get: route({
    method: 'GET', path: '/alerts/{alert}', summary: 'One alert with its evidence and history', roles: readers, tenantScoped: true,
    params, responses: { 200: AlertDetail }, errors: ['not-found'], etag: true,
  }),
  history: route({
    method: 'GET', path: '/alerts/{alert}/history', summary: 'What happened to an alert, oldest first', roles: readers, tenantScoped: true,
    params, responses: { 200: z.object({ items: z.array(AlertStep) }) }, errors: ['not-found'],
  }),
  acknowledge: route({
    method: 'POST', path: '/alerts/{alert}/acknowledge', summary: 'Say that you have seen it', roles: actors, tenantScoped: true,
    params, body: actions.acknowledge, responses, errors: refusals,
  }),
  assign: route({
    method: 'POST', path: '/alerts/{alert}/assign', summary: 'Hand it to a colleague', roles: actors, tenantScoped: true,
    params, body: actions.assign, responses, errors: refusals,
  }),
  intervene: route({
    method: 'POST', path: '/alerts/{alert}/interventions', summary: 'Log what was done or planned', roles: actors, tenantScoped: true,
    params, body: actions.intervene, responses, errors: refusals,
  }),
  snooze: route({
    method: 'POST', path: '/alerts/{alert}/snooze', summary: 'Put it away until a time', roles: actors, tenantScoped: true,
    params, body: actions.snooze, responses, errors: refusals,
  }),
  override: route({
    method: 'POST', path: '/alerts/{alert}/override', summary: 'Set it aside: the system is wrong or not needed here', roles: actors,
    tenantScoped: true, params, body: actions.override, responses, errors: refusals,
  }),
  contest: route({
    method: 'POST', path: '/alerts/{alert}/contest', summary: 'This looks wrong', roles: ['counselor', 'admin', 'learner', 'guardian'],
    tenantScoped: true, params, body: actions.contest, responses, errors: refusals,
  }),
  resolve: route({
    method: 'POST', path: '/alerts/{alert}/resolve', summary: 'Close it with a code', roles: actors, tenantScoped: true,
    params, body: actions.resolve, responses, errors: refusals,
  }),
  reopen: route({
    method: 'POST', path: '/alerts/{alert}/reopen', summary: 'Open it again', roles: actors, tenantScoped: true,
    params, body: actions.reopen, responses, errors: refusals,
  }),
  note: route({
    method: 'POST', path: '/alerts/{alert}/notes', summary: 'Write a note; sealed with the learner’s key', roles: actors, tenantScoped: true,
    params, body: actions.note, responses, errors: refusals,
  }),
  withdraw: route({
    method: 'POST', path: '/alerts/{alert}/withdraw', summary: 'Take your own latest action back, for 10 s', roles: [...actors, 'learner', 'guardian'],
    tenantScoped: true, params, body: actions.withdraw, responses, errors: [...refusals, 'too-late'],
  }),
} as const; // prettier-ignore
