import { z } from 'zod';
import { CALENDAR, route } from '../route.js';
import { namesRoles, type Role } from '../roles.js';
import { Id, Token } from '../shapes/basics.js';
import {
  AnswerMark, AnswerQueue, AssignedPath, AssignedPaths, Contest, ContestAnswer, Contests, Feed, Goal, GoalChange, Goals, Groups, GroupsBody, Interests, KeepPlan,
  LearnerVoice, NewContest, NewFeed, NewGoal, NewWord, OverrideBody, Overrides, PathBody, PathChange, Preferences, WeekPlan, WeekQuery,
} from '../shapes/learning.js'; // prettier-ignore

/** Whose life it is, who stands in for them, and the admin who helps out. */
const own = ['learner', 'guardian', 'admin'] as const satisfies readonly Role[];
const teachers = ['teacher', 'admin'] as const satisfies readonly Role[];
const answerers = ['teacher', 'counselor', 'admin'] as const satisfies readonly Role[];
const ofLearner = z.object({ learner: Token });
const ofClass = z.object({ class: Id });

/** Goals that learners set, and the way to them. */
export const goals = {
  list: route({
    method: 'GET', path: '/learners/{learner}/goals', summary: 'Goals of a learner: how far they are, the way, and the likely date', roles: namesRoles, tenantScoped: true,
    params: ofLearner, responses: { 200: Goals }, errors: ['not-found'], etag: true,
  }),
  set: route({
    method: 'POST', path: '/learners/{learner}/goals', summary: 'Sets a goal', roles: own, tenantScoped: true,
    params: ofLearner, body: NewGoal, responses: { 201: Goal }, errors: ['not-found', 'not-possible'],
  }),
  change: route({
    method: 'PUT', path: '/learners/{learner}/goals/{goal}', summary: 'Changes the level or the date of a goal', roles: own, tenantScoped: true,
    params: z.object({ ...ofLearner.shape, goal: Id }), body: GoalChange, responses: { 200: Goal }, errors: ['not-found', 'conflict', 'not-possible'],
  }),
  drop: route({
    method: 'DELETE', path: '/learners/{learner}/goals/{goal}', summary: 'Lets a goal go', roles: own, tenantScoped: true,
    params: z.object({ ...ofLearner.shape, goal: Id }), responses: { 204: null }, errors: ['not-found', 'conflict'],
  }),
} as const; // prettier-ignore

/** What learners say of what is said of them, and of what they are given. */
export const voice = {
  get: route({
    method: 'GET', path: '/learners/{learner}/voice', summary: 'Interests, wishes and what a learner is spared', roles: namesRoles, tenantScoped: true,
    params: ofLearner, responses: { 200: LearnerVoice }, errors: ['not-found'],
  }),
  say: route({
    method: 'POST', path: '/learners/{learner}/words', summary: 'Says that an item is too hard or too easy', roles: own, tenantScoped: true,
    params: ofLearner, body: NewWord, responses: { 204: null }, errors: ['not-found', 'not-possible'],
  }),
  interests: route({
    method: 'PUT', path: '/learners/{learner}/interests', summary: 'Says what a learner likes', roles: own, tenantScoped: true,
    params: ofLearner, body: Interests, responses: { 204: null }, errors: ['not-found'],
  }),
  preferences: route({
    method: 'PUT', path: '/learners/{learner}/preferences', summary: 'Turns streaks and nudges on or off', roles: own, tenantScoped: true,
    params: ofLearner, body: Preferences, responses: { 204: null }, errors: ['not-found'],
  }),
  contests: route({
    method: 'GET', path: '/learners/{learner}/contests', summary: 'What a learner held to be wrong, and what was answered', roles: namesRoles, tenantScoped: true,
    params: ofLearner, responses: { 200: Contests }, errors: ['not-found'],
  }),
  contest: route({
    method: 'POST', path: '/learners/{learner}/contests', summary: 'Says that what is said of a skill looks wrong', roles: own, tenantScoped: true,
    params: ofLearner, body: NewContest, responses: { 201: Contest }, errors: ['not-found', 'not-possible', 'conflict'],
  }),
  open: route({
    method: 'GET', path: '/contests', summary: 'What waits for an answer from the caller', roles: answerers, tenantScoped: true,
    responses: { 200: Contests }, errors: [],
  }),
  answer: route({
    method: 'POST', path: '/learners/{learner}/contests/{contest}/answer', summary: 'Answers what a learner held to be wrong', roles: answerers, tenantScoped: true,
    params: z.object({ ...ofLearner.shape, contest: Id }), body: ContestAnswer, responses: { 200: Contest }, errors: ['not-found', 'conflict'],
  }),
} as const; // prettier-ignore

/** A learner's week, as a page and for calendar programs. */
export const plans = {
  week: route({
    method: 'GET', path: '/learners/{learner}/plan', summary: 'A week: planned against done', roles: namesRoles, tenantScoped: true,
    params: ofLearner, query: WeekQuery, responses: { 200: WeekPlan }, errors: ['not-found'],
  }),
  keep: route({
    method: 'PUT', path: '/learners/{learner}/plan', summary: 'Keeps a week’s plan', roles: own, tenantScoped: true,
    params: ofLearner, body: KeepPlan, responses: { 200: WeekPlan }, errors: ['not-found', 'conflict', 'not-possible'],
  }),
  openFeed: route({
    method: 'POST', path: '/learners/{learner}/plan/feed', summary: 'Makes an address for calendar programs; a former one ends', roles: own, tenantScoped: true,
    params: ofLearner, body: NewFeed, responses: { 201: Feed }, errors: ['not-found'],
  }),
  closeFeed: route({
    method: 'DELETE', path: '/learners/{learner}/plan/feed', summary: 'Ends the address for calendar programs', roles: own, tenantScoped: true,
    params: ofLearner, responses: { 204: null }, errors: ['not-found'],
  }),
  feed: route({
    method: 'GET', path: '/calendar/{secret}', summary: 'The plan of whoever’s secret address this is, as iCalendar (RFC 5545)', roles: 'public', tenantScoped: false,
    params: z.object({ secret: z.string().min(20).max(100) }), responses: { 200: null }, errors: ['not-found'], download: [CALENDAR],
  }),
} as const; // prettier-ignore

/** What teachers decide about what comes next. */
export const assigning = {
  paths: route({
    method: 'GET', path: '/teaching/classes/{class}/paths', summary: 'Paths that were assigned in a class', roles: teachers, tenantScoped: true,
    params: ofClass, responses: { 200: AssignedPaths }, errors: ['not-found'],
  }),
  assign: route({
    method: 'POST', path: '/teaching/classes/{class}/paths', summary: 'Assigns a path to a class or to learners in it', roles: teachers, tenantScoped: true,
    params: ofClass, body: PathBody, responses: { 201: AssignedPath }, errors: ['not-found', 'not-possible'],
  }),
  change: route({
    method: 'PUT', path: '/teaching/classes/{class}/paths/{path}', summary: 'Changes a path', roles: teachers, tenantScoped: true,
    params: z.object({ ...ofClass.shape, path: Id }), body: PathChange, responses: { 200: AssignedPath }, errors: ['not-found', 'conflict', 'not-possible'],
  }),
  withdraw: route({
    method: 'DELETE', path: '/teaching/classes/{class}/paths/{path}', summary: 'Takes a path back', roles: teachers, tenantScoped: true,
    params: z.object({ ...ofClass.shape, path: Id }), responses: { 204: null }, errors: ['not-found', 'conflict'],
  }),
  override: route({
    method: 'GET', path: '/learners/{learner}/next/override', summary: 'What a teacher put next for a learner', roles: namesRoles, tenantScoped: true,
    params: ofLearner, responses: { 200: Overrides }, errors: ['not-found'],
  }),
  put: route({
    method: 'PUT', path: '/learners/{learner}/next/override', summary: 'Puts a skill next for a learner until a day', roles: teachers, tenantScoped: true,
    params: ofLearner, body: OverrideBody, responses: { 200: Overrides }, errors: ['not-found', 'not-possible'],
  }),
  release: route({
    method: 'DELETE', path: '/learners/{learner}/next/override', summary: 'Lets Pharos choose again', roles: teachers, tenantScoped: true,
    params: ofLearner, responses: { 204: null }, errors: ['not-found', 'conflict'],
  }),
  groups: route({
    method: 'GET', path: '/teaching/classes/{class}/groups', summary: 'Groups for teaching in the small: as they were left, and as the gaps suggest them', roles: teachers,
    tenantScoped: true, params: ofClass, responses: { 200: Groups }, errors: ['not-found'],
  }),
  setGroups: route({
    method: 'PUT', path: '/teaching/classes/{class}/groups', summary: 'Sets the groups', roles: teachers, tenantScoped: true,
    params: ofClass, body: GroupsBody, responses: { 200: Groups }, errors: ['not-found', 'conflict', 'not-possible'],
  }),
  queue: route({
    method: 'GET', path: '/teaching/queue', summary: 'Open answers that could not be graded surely', roles: teachers, tenantScoped: true,
    responses: { 200: AnswerQueue }, errors: [],
  }),
  mark: route({
    method: 'POST', path: '/learners/{learner}/queue/{answer}/mark', summary: 'Marks an open answer', roles: teachers, tenantScoped: true,
    params: z.object({ ...ofLearner.shape, answer: Id }), body: AnswerMark, responses: { 204: null }, errors: ['not-found', 'conflict', 'not-ready'],
  }),
} as const; // prettier-ignore
