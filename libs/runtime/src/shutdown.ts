/** What has to be closed, last opened first. */
export interface Closing {
  readonly name: string;
  readonly close: () => Promise<void> | void;
}

/**
 * Closes things in the reverse of the order in which they were opened; one that fails does not keep the rest open.
 *
 * @example const closer = createCloser(); closer.add('log', () => log.close()); await closer.close();
 */
export function createCloser(onError: (name: string, error: unknown) => void): {
  add(name: string, close: Closing['close']): void;
  close(): Promise<void>;
} {
  const open: Closing[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (let next = open.pop(); next; next = open.pop()) {
      try {
        await next.close();
      } catch (error) {
        onError(next.name, error);
      }
    }
  };
  return {
    add: (name, close) => void open.push({ name, close }),
    close: () => (closing ??= closeAll()),
  };
}
