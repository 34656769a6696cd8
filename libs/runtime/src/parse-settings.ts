import { type Setting, type SettingsOf } from './setting.js';

export type ParsedSettings<T> = { readonly ok: true; readonly settings: T } | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads settings from a file's keys and the environment; the environment wins. Names are the same in both.
 *
 * Every key that begins with the prefix and is not declared is a problem: a misspelt setting must not be silently ignored.
 * Problems name the setting and what it may be, never a secret's value.
 *
 * @example parseSettings({ port: setting({ env: 'X_PORT', about: '', schema: whole(0, 9), fallback: '1' }) }, 'X_', {}, { X_PORT: '2' })
 * // => { ok: true, settings: { port: 2 } }
 */
export function parseSettings<S extends Record<string, Setting<unknown>>>(
  declared: S,
  prefix: string,
  file: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): ParsedSettings<SettingsOf<S>> {
  const names = new Set(Object.values(declared).map(({ env: name }) => name));
  const problems: string[] = [];
  for (const key of Object.keys(file)) if (!names.has(key)) problems.push(`${key} in the configuration file is not a setting`);
  for (const key of Object.keys(env)) {
    if (key.startsWith(prefix) && !names.has(key) && env[key] !== undefined) problems.push(`${key} in the environment is not a setting`);
  }
  const settings: Record<string, unknown> = {};
  for (const [name, { env: key, schema, fallback, secret }] of Object.entries(declared)) {
    const given = env[key] ?? (file[key] === undefined ? undefined : asText(file[key])) ?? fallback;
    const parsed = schema.safeParse(given);
    if (parsed.success) settings[name] = parsed.data;
    else {
      const why = parsed.error.issues[0]?.message ?? 'unreadable';
      const shown = given === undefined ? 'is missing' : secret === true ? 'has a value that does not fit' : `is ${JSON.stringify(given)}`;
      problems.push(`${key} ${shown}: ${why}`);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: settings as SettingsOf<S> };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The table of settings for the handbook, in Markdown. */
export function settingsTable(declared: Record<string, Setting<unknown>>): string {
  const rows = Object.values(declared).map(
    ({ env, about, fallback, secret }) =>
      `| \`${env}\` | ${fallback === undefined ? '–' : `\`${fallback}\``} | ${about}${secret === true ? ' Secret: never printed.' : ''} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}
