import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { FairPractice } from '../shapes/fair-practice.js';
import { Audits, FairnessPolicySet, Selection } from '../shapes/audits.js';
import { pageQuery } from '../shapes/basics.js';

const readers = ['analyst', 'counselor', 'teacher', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
/** Whoever answers for fairness: figures of all learners of the tenant. */
const practiceReaders = ['analyst', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const deciders = ['privacy-officer', 'admin'] as const satisfies readonly Role[];

export const audits = {
  list: route({
    method: 'GET', path: '/audits', summary: 'Fairness audits, newest first', roles: readers, tenantScoped: true,
    query: z.object(pageQuery), responses: { 200: Audits }, errors: [], etag: true,
  }),
  selection: route({
    method: 'GET', path: '/audits/selection', summary: 'Whom the model in use names now, by group, and how that has shifted', roles: readers, tenantScoped: true,
    responses: { 200: Selection }, errors: ['not-found'], etag: true,
  }),
  practice: route({
    method: 'GET', path: '/audits/practice', summary: 'Whether items ask more of a group at equal mastery, and whether groups are offered harder, easier or fewer new things', roles: practiceReaders,
    tenantScoped: true, responses: { 200: FairPractice }, errors: ['not-found'], etag: true,
  }),
  policy: route({
    method: 'GET', path: '/policies/fairness', summary: 'What people decided about gaps between groups', roles: readers, tenantScoped: true,
    responses: { 200: FairnessPolicySet }, errors: [], etag: true,
  }),
  decide: route({
    method: 'PUT', path: '/policies/fairness', summary: 'Decide what is done about gaps between groups', roles: deciders, tenantScoped: true,
    body: FairnessPolicySet, responses: { 200: FairnessPolicySet }, errors: ['conflict', 'not-possible'],
  }),
} as const; // prettier-ignore
