import { useEffect, useEffectEvent } from 'react';
import { choicesNow } from './choices.js';

/** Keys that act wherever the focus is, save in a field. */
export type KeyTable = Readonly<Record<string, () => void>>;

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether a field has the focus, which takes all letters. */
  readonly typing: boolean;
}

/**
 * Which entry of a table a key press means, if any. Escape works in fields too; other keys are letters there.
 *
 * @example keyMeant({ key: 'j', ctrlKey: false, metaKey: false, altKey: false, typing: false }, ['j', 'k']) // => 'j'
 */
export function keyMeant(pressed: Pressed, known: readonly string[]): string | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
  if (pressed.typing && pressed.key !== 'Escape') return undefined;
  return known.find((key) => key === pressed.key);
}

/** Where a cursor goes from `at` by `step` in a list of `count`; it stops at the ends. -1: nowhere yet. */
export function moveCursor(at: number, step: number, count: number): number {
  if (count === 0) return -1;
  if (at < 0) return step > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + step));
}

const typingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'));

/** Listens for keys while the place is shown. Turned off as a whole by the reader's choice. */
export function useKeys(table: KeyTable): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (choicesNow().keys === 'off' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    const meant = keyMeant({ key, ctrlKey, metaKey, altKey, typing: typingIn(event.target) }, Object.keys(table));
    if (meant === undefined) return;
    event.preventDefault();
    table[meant]?.();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
