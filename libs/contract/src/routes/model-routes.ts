import { z } from 'zod';
import { type Role } from '../roles.js';
import { route } from '../route.js';
import { Audit } from '../shapes/audits.js';
import { KnowledgeModels, ModelDetail, Models } from '../shapes/models.js';

const readers = ['analyst', 'counselor', 'teacher', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const params = z.object({ model: z.string().min(1).max(128) });

export const models = {
  list: route({
    method: 'GET', path: '/models', summary: 'Models, newest first, with what each is worth', roles: readers, tenantScoped: true,
    responses: { 200: Models }, errors: [], etag: true,
  }),
  get: route({
    method: 'GET', path: '/models/{model}', summary: 'One model with validation and calibration', roles: readers, tenantScoped: true,
    params, responses: { 200: ModelDetail }, errors: ['not-found'], etag: true,
  }),
  knowledge: route({
    method: 'GET', path: '/knowledge-models', summary: 'Models of knowledge in use, by subject, with the figures of every candidate', roles: readers, tenantScoped: true,
    responses: { 200: KnowledgeModels }, errors: [], etag: true,
  }),
  audit: route({
    method: 'GET', path: '/models/{model}/audit', summary: 'The latest fairness audit of a model', roles: readers, tenantScoped: true,
    params, responses: { 200: Audit }, errors: ['not-found'], etag: true,
  }),
} as const; // prettier-ignore
