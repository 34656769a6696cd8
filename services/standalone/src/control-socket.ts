import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What a running server does for a command of the same machine: the command's name and what it was given, one line of JSON each way. */
export interface ControlRequest {
  readonly command: string;
  readonly given: unknown;
}

/** What a server can be asked for, by name. Each checks what it is given. */
export type ControlWorks = Readonly<Record<string, (given: unknown) => Promise<unknown>>>;

export type ControlAnswer = { readonly ok: true; readonly summary: unknown } | { readonly ok: false; readonly reason: string };

const socketPathLimit = 107; // bytes, `sun_path` of Linux

/** In the data folder, whose owner alone may reach it; where that path is too long for a socket, under a name made from it. */
function socketOf(dataFolder: string): string {
  const inside = path.join(dataFolder, 'control.sock');
  if (Buffer.byteLength(inside) <= socketPathLimit) return inside;
  return path.join(os.tmpdir(), `pharos-control-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}.sock`);
}

/**
 * Listens for commands of this machine's owner on a socket in the data folder. The caller holds the folder, so a socket
 * that lies there was left by a process that is gone.
 */
export async function listenForCommands(dataFolder: string, works: ControlWorks): Promise<{ close(): Promise<void> }> {
  const place = socketOf(dataFolder);
  rmSync(place, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy()); // whoever asked has gone; the work goes on
    answer(socket, works);
  });
  const mask = process.umask(0o177); // the socket is made with these rights: there is no moment at which others may connect
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(place, resolve);
    });
  } finally {
    process.umask(mask);
  }
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function answer(socket: Socket, works: ControlWorks): void {
  createInterface({ input: socket }).once('line', (line) => {
    const reply = (told: ControlAnswer): void => void socket.end(`${JSON.stringify(told)}\n`);
    perform(line, works).then(
      (summary) => reply({ ok: true, summary }),
      (error: unknown) => reply({ ok: false, reason: (error as Error).message }),
    );
  });
}

async function perform(line: string, works: ControlWorks): Promise<unknown> {
  const { command, given } = JSON.parse(line) as Partial<ControlRequest>;
  const work = command !== undefined && Object.hasOwn(works, command) ? works[command] : undefined;
  if (!work) throw new Error('asked for something this server does not know');
  return work(given);
}

/** Asks the server that has the data folder; undefined when none is running. */
export async function askServer(dataFolder: string, request: ControlRequest): Promise<ControlAnswer | undefined> {
  const place = socketOf(path.resolve(dataFolder));
  if (!existsSync(place)) return undefined;
  const socket = await reach(place);
  if (!socket) return undefined;
  const line = new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: socket });
    lines.once('line', resolve);
    lines.once('close', () => reject(new Error('the server ended before it answered; nothing can be said of what was asked')));
    socket.once('error', reject);
  });
  socket.write(`${JSON.stringify(request)}\n`);
  return JSON.parse(await line) as ControlAnswer;
}

/** A socket without a listener was left by a process that was killed. */
function reach(place: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(place, () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
  });
}
