import { z } from 'zod';
import { namesRoles, type Role } from '../roles.js';
import { route } from '../route.js';
import { Token } from '../shapes/basics.js';
import { Encouragement, Outlooks, Reads } from '../shapes/mine.js';

const own = ['learner', 'guardian', 'admin'] as const satisfies readonly Role[];
const params = z.object({ learner: Token });

/** What a learner may ask about themselves. */
export const mine = {
  reads: route({
    method: 'GET', path: '/learners/{learner}/reads', summary: 'Who read who a learner is: by role, why and when', roles: own, tenantScoped: true,
    params, responses: { 200: Reads }, errors: ['not-found'],
  }),
  encouragement: route({
    method: 'GET', path: '/learners/{learner}/encouragement', summary: 'What may help where practice does not, in kind words', roles: own, tenantScoped: true,
    params, responses: { 200: Encouragement }, errors: ['not-found'],
  }),
  outlook: route({
    method: 'GET', path: '/learners/{learner}/outlook', summary: 'The likely result at the end of a course, with its range', roles: namesRoles, tenantScoped: true,
    params, responses: { 200: Outlooks }, errors: ['not-found'],
  }),
} as const; // prettier-ignore
