import { z } from 'zod';
import { Role } from '../roles.js';
import { Instant } from './basics.js';

/** A login is unique over all tenants, so nobody is asked for one. */
export const SignIn = z.object({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in. `csrf` goes into the header `X-CSRF-Token` of every request that changes something. */
export const Session = z
  .object({
    user: z.string(),
    /** The person's token in the roster (counselors, teachers, learners); null where the user is none. */
    person: z.string().nullable(),
    name: z.string(),
    tenant: z.string(),
    roles: z.array(Role),
    locale: z.string(),
    timeZone: z.string(),
    csrf: z.string(),
    expiresAt: Instant,
    /** Guardians: whose. Learners: themselves. Empty for all others. */
    learners: z.array(z.string()),
    /** Schools that the user may see; empty for all of the tenant. */
    schools: z.array(z.string()),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
