import { readFileSync } from 'node:fs';
import { pharosSettings } from './pharos-settings.js';
import { type ParsedSettings, parseSettings } from './parse-settings.js';
import { type SettingsOf } from './setting.js';

export type Configuration = SettingsOf<typeof pharosSettings>;

/** Names outside the settings that tests and tools use; they configure no service. */
const notSettings = new Set(['PHAROS_SHARED_DATA']);

/**
 * Reads the configuration once, for `main`: the file that PHAROS_CONFIG_FILE names (if any), then the environment.
 *
 * @param overrides values of the command line; they win over both
 */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Record<string, string>> = {},
): ParsedSettings<Configuration> {
  const merged = Object.fromEntries(Object.entries({ ...env, ...overrides }).filter(([key]) => !notSettings.has(key)));
  const path = merged.PHAROS_CONFIG_FILE;
  let file: Record<string, unknown> = {};
  if (path !== undefined) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        return { ok: false, problems: [`PHAROS_CONFIG_FILE ${path} is not a JSON object`] };
      }
      file = parsed as Record<string, unknown>;
    } catch (error) {
      return { ok: false, problems: [`PHAROS_CONFIG_FILE ${path} cannot be read: ${(error as Error).message}`] };
    }
  }
  return parseSettings(pharosSettings, 'PHAROS_', file, merged);
}

/** The configuration for a person to read, secrets masked. */
export function describeConfiguration(configuration: Configuration): Record<string, unknown> {
  const secret = new Set(
    Object.entries(pharosSettings)
      .filter(([, s]) => 'secret' in s)
      .map(([name]) => name),
  );
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [name, secret.has(name) && value !== undefined ? '(set)' : value]),
  );
}
