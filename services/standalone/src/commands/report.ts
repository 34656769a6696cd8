import { SingleBar, Presets } from 'cli-progress';

/** Where a command tells what it found: words for people, one JSON document for machines. */
export interface Report {
  readonly json: boolean;
  /** For people only; machines get `result`. */
  say(line: string): void;
  /** The outcome. Machines get it as JSON on standard output. */
  result(value: unknown, words: string): void;
  /** A bar for long work when the output is a terminal; nothing otherwise. */
  progress(what: string, total?: number): { at(done: number, note?: string): void; end(): void };
}

export function createReport(json: boolean): Report {
  const terminal = process.stderr.isTTY && !json;
  return {
    json,
    say: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    result: (value, words) => void process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${words}\n`),
    progress: (what, total) => {
      if (!terminal) return { at: () => undefined, end: () => undefined };
      const format = total === undefined ? `${what} {value} {note}` : `${what} [{bar}] {percentage}% {note}`;
      const bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true, stream: process.stderr }, Presets.legacy);
      bar.start(total ?? 0, 0, { note: '' });
      return { at: (done, note = '') => bar.update(done, { note }), end: () => bar.stop() };
    },
  };
}
