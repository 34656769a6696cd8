import { z } from 'zod';
import { type Role } from '../roles.js';
import { ARROW, CSV, route } from '../route.js';
import { DeadLetterQuery, DeadLetters, Health, Imports, JobRunQuery, JobRuns, Platforms } from '../shapes/operations.js';

const operators = ['admin', 'privacy-officer'] as const satisfies readonly Role[];

export const operations = {
  jobRuns: route({
    method: 'GET', path: '/job-runs', summary: 'What ran, as of when, and how it ended', roles: ['analyst', ...operators], tenantScoped: true,
    query: JobRunQuery, responses: { 200: JobRuns }, errors: [], download: [ARROW, CSV],
  }),
  deadLetters: route({
    method: 'GET', path: '/dead-letters', summary: 'What could not be taken or folded, and why', roles: operators, tenantScoped: true,
    query: DeadLetterQuery, responses: { 200: DeadLetters }, errors: [], download: [ARROW, CSV],
  }),
  imports: route({
    method: 'GET', path: '/imports', summary: 'Imports of histories', roles: operators, tenantScoped: true,
    responses: { 200: Imports }, errors: [],
  }),
  platforms: route({
    method: 'GET', path: '/platforms', summary: 'Is my data arriving, and is it right', roles: ['admin'], tenantScoped: true,
    responses: { 200: Platforms }, errors: [],
  }),
  health: route({
    method: 'GET', path: '/health', summary: 'Whether this service can answer', roles: 'public', tenantScoped: false,
    responses: { 200: Health }, errors: ['not-ready'],
  }),
  openapi: route({
    method: 'GET', path: '/openapi.json', summary: 'This interface as OpenAPI 3.1', roles: 'public', tenantScoped: false,
    responses: { 200: z.record(z.string(), z.unknown()) }, errors: [], etag: true,
  }),
} as const; // prettier-ignore
