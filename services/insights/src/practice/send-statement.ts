/**
 * Sends a statement of the practice place through the door that every platform uses. Handed in by the composition, because a
 * service never calls another one; null where an installation has no practice place.
 *
 * @returns false when the door could not take it
 */
export type SendStatement = (tenant: string, statement: Readonly<Record<string, unknown>>) => Promise<boolean>;
