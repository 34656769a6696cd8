import { people } from '../roles.js';
import { route } from '../route.js';
import { Session, SignIn } from '../shapes/session.js';

export const session = {
  signIn: route({
    method: 'POST', path: '/session', summary: 'Sign in; sets the session cookie', roles: 'public', tenantScoped: false,
    body: SignIn, responses: { 200: Session }, errors: ['sign-in-failed', 'locked-out'],
  }),
  signOut: route({
    method: 'DELETE', path: '/session', summary: 'Sign out; ends the session', roles: people, tenantScoped: false,
    responses: { 204: null }, errors: [],
  }),
  me: route({
    method: 'GET', path: '/session', summary: 'Who is signed in', roles: people, tenantScoped: true,
    responses: { 200: Session }, errors: [],
  }),
} as const; // prettier-ignore
