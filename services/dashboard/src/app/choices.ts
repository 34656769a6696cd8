import { useSyncExternalStore } from 'react';

/** How a reader likes the page; kept in this browser only. */
export interface Choices {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'roomy' | 'dense';
  /** Single keys can get in the way of speech input, so they can be turned off. */
  readonly keys: 'on' | 'off';
  /** Null: as the account says, else as the browser says. */
  readonly language: string | null;
}

const usual: Choices = { theme: 'system', density: 'roomy', keys: 'on', language: null };
const place = 'pharos.choices';
const listeners = new Set<() => void>();

const oneOf = <Value extends string>(value: unknown, allowed: readonly Value[], otherwise: Value): Value =>
  allowed.find((one) => one === value) ?? otherwise;

/** Choices from what was stored, whoever wrote it. */
export function readChoices(stored: string | null): Choices {
  if (stored === null) return usual;
  let found: unknown;
  try {
    found = JSON.parse(stored);
  } catch (error) {
    if (error instanceof SyntaxError) return usual;
    throw error;
  }
  const record = (typeof found === 'object' && found !== null ? found : {}) as Record<string, unknown>;
  return {
    theme: oneOf(record.theme, ['system', 'light', 'dark'], usual.theme),
    density: oneOf(record.density, ['roomy', 'dense'], usual.density),
    keys: oneOf(record.keys, ['on', 'off'], usual.keys),
    language: typeof record.language === 'string' ? record.language : null,
  };
}

let current: Choices = usual;

/** Reads what was stored and applies it; called once, before the first paint. */
export function startChoices(): Choices {
  current = readChoices(localStorage.getItem(place));
  apply();
  return current;
}

export const choicesNow = (): Choices => current;

function apply(): void {
  const { dataset } = document.documentElement;
  dataset.theme = current.theme;
  dataset.density = current.density;
}

export function choose(change: Partial<Choices>): void {
  current = { ...current, ...change };
  localStorage.setItem(place, JSON.stringify(current));
  apply();
  for (const listener of listeners) listener();
}

export function useChoices(): Choices {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
