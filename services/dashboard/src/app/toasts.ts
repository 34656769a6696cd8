import { useSyncExternalStore } from 'react';

/** A line that says what was just done, and for a while offers to take it back. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'trouble';
  /** Until when it can be taken back; milliseconds since 1970. */
  readonly until: number | null;
  readonly undo: (() => void) | null;
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a line for as long as it can be taken back, or long enough to be read. */
export function tell(toast: Omit<Toast, 'id'>, now = Date.now()): void {
  last += 1;
  const id = last;
  // Two lines are enough: older ones have been read, and what they told stands in the history.
  change([...toasts.slice(-1), { ...toast, id }]);
  const lasts = toast.until === null ? (toast.tone === 'trouble' ? 12_000 : 5_000) : toast.until - now;
  setTimeout(() => dismiss(id), Math.max(lasts, 1_000));
}

export const dismiss = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

/** Takes the latest action back that still can be; true if there was one. */
export function undoLatest(): boolean {
  const latest = toasts.findLast((toast) => toast.undo !== null);
  latest?.undo?.();
  if (latest) dismiss(latest.id);
  return latest !== undefined;
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
