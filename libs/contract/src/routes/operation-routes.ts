import { z } from 'zod';
import { type Role } from '../roles.js';
import { ARROW, CSV, route } from '../route.js';
import {
  DeadLetterQuery, DeadLetters, Health, Imports, JobRunQuery, JobRuns, LetterResend, LettersResend, LettersResent, OpenedLetter, Platforms,
} from '../shapes/operations.js'; // prettier-ignore
import { Id } from '../shapes/basics.js';

const operators = ['admin', 'privacy-officer'] as const satisfies readonly Role[];

const letter = z.object({ letter: Id });

export const operations = {
  jobRuns: route({
    method: 'GET', path: '/job-runs', summary: 'What ran, as of when, and how it ended', roles: ['analyst', ...operators], tenantScoped: true,
    query: JobRunQuery, responses: { 200: JobRuns }, errors: [], download: [ARROW, CSV],
  }),
  deadLetters: route({
    method: 'GET', path: '/dead-letters', summary: 'What could not be taken or folded, and why', roles: operators, tenantScoped: true,
    query: DeadLetterQuery, responses: { 200: DeadLetters }, errors: [], download: [ARROW, CSV],
  }),
  openLetter: route({
    method: 'GET', path: '/dead-letters/{letter}', summary: 'A dead letter with what it holds', roles: ['admin'], tenantScoped: true,
    params: letter, responses: { 200: OpenedLetter }, errors: ['not-found'],
  }),
  resendLetter: route({
    method: 'POST', path: '/dead-letters/{letter}/replay', summary: 'Send a letter again, as it was or repaired', roles: ['admin'], tenantScoped: true,
    params: letter, body: LetterResend, responses: { 200: LettersResent }, errors: ['not-found'],
  }),
  resendLetters: route({
    method: 'POST', path: '/dead-letters/replay', summary: 'Send many letters again as they were', roles: ['admin'], tenantScoped: true,
    body: LettersResend, responses: { 200: LettersResent }, errors: ['not-found'],
  }),
  dismissLetter: route({
    method: 'DELETE', path: '/dead-letters/{letter}', summary: 'Put a letter away for good', roles: ['admin'], tenantScoped: true,
    params: letter, responses: { 204: null }, errors: ['not-found'],
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
