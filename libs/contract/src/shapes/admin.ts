import { z } from 'zod';
import { Role } from '../roles.js';
import { credentialScopes } from '../scopes.js';
import { Instant } from './basics.js';

/** A next step that can be suggested. `answers`: reason codes, best first for which it is suggested. */
export const Intervention = z
  .object({
    id: z.string().min(1).max(64),
    title: z.record(z.string(), z.string().min(1).max(200)),
    answers: z.array(z.string()),
    followUpDays: z.number().int().positive(),
    active: z.boolean(),
  })
  .meta({ id: 'Intervention' });
export type Intervention = z.infer<typeof Intervention>;
/** `version`: what the editor saw; 0 for the defaults. */
export const Interventions = z.object({ version: z.number().int().nonnegative(), value: z.array(Intervention).max(200) });

/** What can be predicted: Fail or Withdrawn; Fail only; absent on a tenth of the days of instruction. */
export const riskTargets = ['not-passing', 'course-failure', 'chronic-absence'] as const;

/** When alerts are raised, kept quiet, due and closed. Probabilities 0 to 1, hours of the tenant's day. */
export const AlertPolicy = z
  .object({
    target: z.enum(riskTargets),
    watched: z.object({ schools: z.array(z.string()), courses: z.array(z.string()) }),
    raiseAt: z.number().min(0).max(1),
    clearBelow: z.number().min(0).max(1),
    newPerCounselorAndWeek: z.number().int().positive().nullable(),
    silentWeeks: z.number().int().nonnegative(),
    answerWithinDays: z.number().int().positive(),
    coolDownDays: z.number().int().nonnegative(),
    lowRunsToResolve: z.number().int().positive(),
    quietHours: z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) }).nullable(),
    delivery: z.enum(['at-once', 'daily-digest', 'none']),
  })
  .meta({ id: 'AlertPolicy' });
export type AlertPolicy = z.infer<typeof AlertPolicy>;
export const AlertPolicySet = z.object({ version: z.number().int().nonnegative(), value: AlertPolicy });
export const PolicyQuery = z.object({ school: z.string().max(200).optional() });

export const Webhook = z
  .object({ id: z.string(), url: z.string(), events: z.array(z.string()), active: z.boolean(), createdAt: Instant })
  .meta({ id: 'Webhook' });
export const Webhooks = z.object({ items: z.array(Webhook) });
export const NewWebhook = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  events: z.array(z.enum(['AlertRaised', 'AlertReopened', 'ModelConcern', 'SourceSilent', 'LevelChanged', 'NudgeDecided', '*'])).min(1),
});
/** The secret is shown here and never again. */
export const CreatedWebhook = z.object({ ...Webhook.shape, secret: z.string() });

export const User = z
  .object({
    id: z.string(),
    login: z.string(),
    roles: z.array(Role),
    person: z.string().nullable(),
    locale: z.string(),
    schools: z.array(z.string()),
    disabled: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;
export const Users = z.object({ items: z.array(User) });
export const NewUser = z.object({
  login: z.string().trim().min(1).max(200),
  password: z.string().min(10).max(1_000),
  roles: z.array(Role).min(1),
  person: z.string().max(64).nullable().default(null),
  locale: z.enum(['en', 'es']).default('en'),
  schools: z.array(z.string()).default([]),
});
export const UserChange = z.object({
  roles: z.array(Role).min(1).optional(),
  person: z.string().max(64).nullable().optional(),
  locale: z.enum(['en', 'es']).optional(),
  schools: z.array(z.string()).optional(),
  disabled: z.boolean().optional(),
});

export const KeySettings = z
  .object({
    /** May ask for `Prefer: handling=lenient`. */
    lenient: z.boolean().optional(),
    /** What its statements do that they SHOULD not is counted, with an example. */
    lint: z.boolean().optional(),
    /** Its statements that say they are cmi5's are held to the rules of cmi5. */
    cmi5: z.boolean().optional(),
    /** The most it may send a second; what is left out has no limit. */
    limits: z
      .object({
        requestsPerSecond: z.number().positive().optional(),
        statementsPerSecond: z.number().positive().optional(),
        bytesPerSecond: z.number().positive().optional(),
      })
      .strict()
      .optional(),
  })
  .strict()
  .meta({ id: 'KeySettings' });
export type KeySettings = z.infer<typeof KeySettings>;

export const Key = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    settings: KeySettings,
    createdAt: Instant,
    revokedAt: Instant.nullable(),
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: 'Key' });
export type Key = z.infer<typeof Key>;
export const Keys = z.object({ items: z.array(Key) });
const keyScopes = z.array(z.enum(credentialScopes)).min(1);
export const NewKey = z.object({ name: z.string().trim().min(1).max(200), scopes: keyScopes, settings: KeySettings.optional() });
/** What is left out stays as it is. */
export const KeyChange = z
  .object({ name: z.string().trim().min(1).max(200).optional(), scopes: keyScopes.optional(), settings: KeySettings.optional() })
  .strict();
/** The secret is shown here and never again. HTTP Basic: id and secret. */
export const CreatedKey = z.object({ ...Key.shape, secret: z.string() });

/** People whom an alert can be assigned to. */
export const Colleagues = z.object({ items: z.array(z.object({ token: z.string(), name: z.string().nullable(), roles: z.array(Role) })) });
