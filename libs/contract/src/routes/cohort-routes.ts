import { z } from 'zod';
import { type Role } from '../roles.js';
import { ARROW, CSV, route } from '../route.js';
import { Id, page, pageQuery } from '../shapes/basics.js';
import { Attribute, Class, CohortQuery, Cohorts, Course, Overview, OverviewQuery, School } from '../shapes/cohort.js';

const staff = ['analyst', 'counselor', 'teacher', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const cells = ['analyst', 'privacy-officer', 'admin'] as const satisfies readonly Role[];

export const overview = {
  get: route({
    method: 'GET', path: '/overview', summary: 'How are we doing, and where is it getting worse', roles: cells, tenantScoped: true,
    query: OverviewQuery, responses: { 200: Overview }, errors: ['not-possible'], etag: true,
  }),
} as const; // prettier-ignore

export const cohorts = {
  list: route({
    method: 'GET', path: '/cohorts', summary: 'Figures of cohorts as cells; small groups are not shown', roles: cells, tenantScoped: true,
    query: CohortQuery, responses: { 200: Cohorts }, errors: ['not-possible'], download: [ARROW, CSV], etag: true,
  }),
  attributes: route({
    method: 'GET', path: '/attributes', summary: 'Attributes that cohorts can be crossed with', roles: cells, tenantScoped: true,
    responses: { 200: z.object({ items: z.array(Attribute) }) }, errors: [], etag: true,
  }),
} as const; // prettier-ignore

export const places = {
  schools: route({
    method: 'GET', path: '/schools', summary: 'Schools that the caller may see', roles: staff, tenantScoped: true,
    responses: { 200: z.object({ items: z.array(School) }) }, errors: [], etag: true,
  }),
  courses: route({
    method: 'GET', path: '/courses', summary: 'Courses that the caller may see', roles: staff, tenantScoped: true,
    query: z.object({ school: Id.optional() }), responses: { 200: z.object({ items: z.array(Course) }) }, errors: [], etag: true,
  }),
  classes: route({
    method: 'GET', path: '/classes', summary: 'Classes that the caller may see; a teacher: their own', roles: staff, tenantScoped: true,
    query: z.object({ ...pageQuery, school: Id.optional(), course: Id.optional(), term: Id.optional() }),
    responses: { 200: page(Class) }, errors: [], etag: true,
  }),
} as const; // prettier-ignore
