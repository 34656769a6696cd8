import { z } from 'zod';
import { EVENTS, route } from '../route.js';
import { namesRoles, type Role } from '../roles.js';
import { Id, LearnerName } from '../shapes/basics.js';
import {
  ClassPulse, ClassSkills, GradeBody, Grades, Hint, HintBody, LearnerMastery, LearnerSkills, LevelsPulse, MasteryBody, MasteryOfMany, MasteryPolicySet, NextQuery, NextSteps, PracticeAnswer, PracticeAnswered, PracticeContent,
  Reviews, StepsBody, StepsChecked, TaughtClasses,
} from '../shapes/practice.js'; // prettier-ignore

const readers = [...namesRoles, 'platform'] as const satisfies readonly Role[];
const graders = ['platform', 'teacher', 'admin'] as const satisfies readonly Role[];
const staff = ['counselor', 'teacher', 'analyst', 'privacy-officer', 'admin'] as const satisfies readonly Role[];
const teachers = ['teacher', 'admin'] as const satisfies readonly Role[];
const ofLearner = z.object({ learner: LearnerName });
const ofClass = z.object({ class: Id });

/** What a learner knows and what comes next. */
export const knowledge = {
  mastery: route({
    method: 'GET', path: '/learners/{learner}/mastery', summary: 'How well a learner knows each skill, how sure that is, and when to review it', roles: readers,
    tenantScoped: true, params: ofLearner, responses: { 200: LearnerMastery }, errors: ['not-found'], etag: true,
  }),
  levels: route({
    method: 'GET', path: '/learners/{learner}/levels', summary: 'A learner’s levels; as server-sent events, one with each change', roles: readers,
    tenantScoped: true, params: ofLearner, responses: { 200: LevelsPulse }, errors: ['not-found'], download: [EVENTS],
  }),
  masteries: route({
    method: 'POST', path: '/mastery', summary: 'The same for many learners', roles: readers, tenantScoped: true,
    body: MasteryBody, responses: { 200: MasteryOfMany }, errors: [],
  }),
  skills: route({
    method: 'GET', path: '/learners/{learner}/skills', summary: 'What a learner knows, skill by skill', roles: readers, tenantScoped: true,
    params: ofLearner, responses: { 200: LearnerSkills }, errors: ['not-found'], etag: true,
  }),
  next: route({
    method: 'GET', path: '/learners/{learner}/next', summary: 'What to do next, and why', roles: readers, tenantScoped: true,
    params: ofLearner, query: NextQuery, responses: { 200: NextSteps }, errors: ['not-found'],
  }),
  reviews: route({
    method: 'GET', path: '/learners/{learner}/reviews', summary: 'What to review, and when', roles: readers, tenantScoped: true,
    params: ofLearner, responses: { 200: Reviews }, errors: ['not-found'], etag: true,
  }),
} as const; // prettier-ignore

export const masteryPolicy = {
  get: route({
    method: 'GET', path: '/policies/mastery', summary: 'From when a skill counts as familiar, proficient, mastered', roles: staff, tenantScoped: true,
    responses: { 200: MasteryPolicySet }, errors: [], etag: true,
  }),
  put: route({
    method: 'PUT', path: '/policies/mastery', summary: 'Change the levels of mastery', roles: ['admin'], tenantScoped: true,
    body: MasteryPolicySet, responses: { 200: MasteryPolicySet }, errors: ['conflict', 'not-possible'],
  }),
} as const; // prettier-ignore

export const grading = {
  grade: route({
    method: 'POST', path: '/grade', summary: 'Grades answers: right or partly, the known mistake, the next hint', roles: graders, tenantScoped: true,
    body: GradeBody, responses: { 200: Grades }, errors: [],
  }),
  steps: route({
    method: 'POST', path: '/steps', summary: 'Checks a solution of algebra step by step', roles: [...graders, 'learner'], tenantScoped: false,
    body: StepsBody, responses: { 200: StepsChecked }, errors: ['not-possible'],
  }),
} as const; // prettier-ignore

export const practice = {
  next: route({
    method: 'GET', path: '/practice/next', summary: 'The next item for who is signed in', roles: ['learner'], tenantScoped: true,
    query: NextQuery, responses: { 200: NextSteps }, errors: [],
  }),
  answer: route({
    method: 'POST', path: '/practice/answers', summary: 'Answers an item: feedback, and a statement through the door', roles: ['learner'], tenantScoped: true,
    body: PracticeAnswer, responses: { 200: PracticeAnswered }, errors: ['not-possible', 'not-ready'],
  }),
  hint: route({
    method: 'POST', path: '/practice/hints', summary: 'The next hint of an item', roles: ['learner'], tenantScoped: true,
    body: HintBody, responses: { 200: Hint }, errors: [],
  }),
  content: route({
    method: 'GET', path: '/practice/content', summary: 'Skills and items with their hints and known mistakes', roles: ['admin'], tenantScoped: true,
    responses: { 200: PracticeContent }, errors: [],
  }),
  putContent: route({
    method: 'PUT', path: '/practice/content', summary: 'Adds or changes skills and items', roles: ['admin'], tenantScoped: true,
    body: PracticeContent, responses: { 204: null }, errors: ['not-possible'],
  }),
} as const; // prettier-ignore

export const teaching = {
  list: route({
    method: 'GET', path: '/teaching/classes', summary: 'Classes that the caller teaches', roles: teachers, tenantScoped: true,
    responses: { 200: TaughtClasses }, errors: [],
  }),
  skills: route({
    method: 'GET', path: '/teaching/classes/{class}/skills', summary: 'What a class knows: skills by learners, gaps, who is ready, what confuses', roles: teachers,
    tenantScoped: true, params: ofClass, responses: { 200: ClassSkills }, errors: ['not-found'], etag: true,
  }),
  live: route({
    method: 'GET', path: '/teaching/classes/{class}/live', summary: 'Tells when a class has answered; as server-sent events while a lesson runs', roles: teachers,
    tenantScoped: true, params: ofClass, responses: { 200: ClassPulse }, errors: ['not-found'], download: [EVENTS],
  }),
} as const; // prettier-ignore
