import { z } from 'zod';

/** Who may call. `platform` is a key of a learning platform; the others are people who sign in. */
export const roles = ['platform', 'analyst', 'counselor', 'teacher', 'learner', 'guardian', 'privacy-officer', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Roles of the people who may see learners by name (each only their own; see `insights`' rules). */
export const namesRoles = ['counselor', 'teacher', 'learner', 'guardian', 'admin'] as const satisfies readonly Role[];

/** Everybody who signs in as a person. */
export const people = [
  'analyst',
  'counselor',
  'teacher',
  'learner',
  'guardian',
  'privacy-officer',
  'admin',
] as const satisfies readonly Role[];
