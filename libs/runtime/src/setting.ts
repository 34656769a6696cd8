import { z } from 'zod';

/** One setting: its name in the environment (units in the name), what it means, and what it may be. */
export interface Setting<T> {
  readonly env: string;
  readonly about: string;
  readonly schema: z.ZodType<T>;
  /** As text, as the environment would give it. Absent: the setting is off, or required by its schema. */
  readonly fallback?: string;
  /** Never printed, neither by the table of settings nor by an error. */
  readonly secret?: boolean;
}

export type SettingsOf<S extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Declares one setting; exists so that its type is inferred from its schema. */
export const setting = <T>(declared: Setting<T>): Setting<T> => declared;

/** Schemas for text that comes from the environment. Each refuses what it does not understand. */
export const text = z.string().min(1);
export const optionalText = z.string().min(1).optional();
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
